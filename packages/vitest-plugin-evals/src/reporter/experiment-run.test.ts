import { mkdtempSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heartbeatMs, summarizeEval, thisProcess, toSampleResult, type EvalSummary } from '@evals/core'
import { makeDocument, makeEntry } from '@evals/core/testing'
import { openStore } from '@evals/storage'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { ExperimentRun } from './experiment-run.ts'
import type { RunStart } from './open-experiment.ts'

const parent = mkdtempSync(join(tmpdir(), 'experiment-run-'))
afterAll(() => rm(parent, { recursive: true }))
afterEach(() => void vi.useRealTimers())

let folders = 0
async function project() {
  const root = join(parent, `${++folders}`)
  await mkdir(root)
  const store = await openStore('json://.evals', { root, writer: 'test' })
  return { root, store, folder: join(root, '.evals', 'experiments', 'shared') }
}

function open(root: string, start: Partial<RunStart> = {}): Promise<ExperimentRun> {
  const context = { root, project: 'evals', concurrency: 1, defaults: {}, overrides: { experiment: 'shared' } }
  const rest = { watch: false, first: true, picked: false, fileShard: false, vitestVersion: '5.1.1' }
  return ExperimentRun.open({ context, ...rest, ...start })
}

const threshold = { threshold: 'exactMatch mean ≥ 0.6', passed: false, value: 0, message: 'missed' }
const facts = (name: string) => ({ eval: name, variant: {}, planned: 1, scorers: [] })
const planned = (name: string): Promise<EvalSummary> => summarizeEval(facts(name), [])
const found = (name: string): Promise<EvalSummary> =>
  summarizeEval({ ...facts(name), thresholds: [threshold] }, [toSampleResult(makeEntry({ eval: name }).record)])

async function close(run: ExperimentRun, ...names: string[]): Promise<void> {
  const outcome = { interrupted: false, sharded: true, unloaded: false }
  const summaries = await Promise.all(names.map(found))
  await run.close({ outcome, summaries, declared: names, undeclared: [] })
}

test('a shard that judged nothing leaves the verdict on the same results, and overwrites that on others', async () => {
  const { root, store } = await project()
  const shards = await Promise.all([1, 2, 3].map(() => open(root, { fileShard: true })))
  const name = 'lakes.eval.ts > b'
  const end = async (run: ExperimentRun, passed: boolean | null, durationMs = 1): Promise<unknown> => {
    const result = { ...toSampleResult(makeEntry({ eval: name }).record), durationMs }
    const summary = await summarizeEval({ ...facts(name), thresholds: [{ ...threshold, passed }] }, [result])
    const outcome = { interrupted: false, sharded: true, unloaded: false }
    await run.close({ outcome, summaries: [summary], declared: [name], undeclared: [] })
    return (await store.readDocument('shared'))!.evals[name]?.verdict
  }
  expect(await end(shards[0]!, false)).toBe(false)
  expect(await end(shards[1]!, null)).toBe(false)
  expect(await end(shards[2]!, null, 2)).toBeNull()
})

test('shards that write to an experiment side by side keep what the others have written', async () => {
  const { root, store } = await project()
  const start = { fileShard: true }
  const [one, two] = await Promise.all([open(root, start), open(root, start)])
  const [before, lakes, rivers] = ['old.eval.ts > a', 'lakes.eval.ts > b', 'rivers.eval.ts > c'] as const
  await one.begin([await planned(before)])
  await two.begin([await planned(lakes)])
  await close(one, before)
  expect(await store.readDocument('shared')).toMatchObject({ status: 'partial' })
  await two.begin([await planned(lakes), await planned(rivers)])
  expect(await store.readDocument('shared')).toMatchObject({
    status: 'running',
    evals: { [before]: { verdict: false }, [lakes]: { verdict: null }, [rivers]: { verdict: null } },
  })
  await close(two, lakes, rivers)
  const document = await store.readDocument('shared')
  expect(Object.fromEntries(document!.runs.map(({ id, ended }) => [id, ended]))).toEqual({
    [one.active.id]: 'finished',
    [two.active.id]: 'finished',
  })
  expect(Object.values(document!.evals).map(({ thresholds }) => thresholds)).toEqual([
    [threshold],
    [threshold],
    [threshold],
  ])
})

test('a run whose experiment another process took over leaves its document alone', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { root, store, folder } = await project()
  const run = await open(root)
  await mkdir(join(folder, 'lease', '2'))
  const holder = { ...thisProcess(), host: 'elsewhere', pidSpace: 'elsewhere' }
  await writeFile(join(folder, 'lease', '2', 'holder.json'), JSON.stringify(holder))
  const theirs = makeDocument('shared', { status: 'completed' })
  await store.writeDocument(theirs)
  vi.advanceTimersByTime(heartbeatMs)
  expect(run.lost?.aborted).toBe(true)
  await run.begin([await planned('qa.eval.ts > a')])
  await close(run, 'qa.eval.ts > a')
  expect(await store.readDocument('shared')).toEqual(theirs)
})

test('a run that cannot begin gives its experiment back', async () => {
  const { root, folder } = await project()
  const document = join(folder, 'experiment.json')
  await mkdir(document, { recursive: true })
  await expect(open(root)).rejects.toMatchObject({ code: 'EVALS_STORAGE_UNREADABLE' })
  expect(await readFile(join(folder, 'lease', '1', 'holder.json'), 'utf8')).toBe('')
  await rm(document, { recursive: true })
  const run = await open(root)
  await close(run)
})

test('`resume: never` refuses an experiment that exists, and gives it back', async () => {
  const { root } = await project()
  await close(await open(root))
  const context = { root, project: 'evals', concurrency: 1, defaults: {} }
  const overrides = { experiment: 'shared', resume: 'never' } as const
  await expect(open(root, { context: { ...context, overrides } })).rejects.toMatchObject({
    code: 'EVALS_EXPERIMENT_EXISTS',
  })
  await close(await open(root))
})

test('the password in the URL of a storage is not kept', async () => {
  const { root, store } = await project()
  const path = JSON.stringify(import.meta.resolve('@evals/storage'))
  const source = `
    import { openStore as open } from ${path}
    export const openStore = (_location, options) => open('json://.evals', options)
  `
  await writeFile(join(root, 'store.mjs'), source)
  const context = { root, project: 'evals', concurrency: 1, defaults: {} }
  const overrides = { experiment: 'shared', storage: 'module://./store.mjs#postgres://me:hunter2@db' }
  await close(await open(root, { context: { ...context, overrides } }))
  const [run] = (await store.readDocument('shared'))?.runs ?? []
  expect(run?.options).toMatchObject({ storage: 'module://./store.mjs#postgres://me:***@db' })
})
