import { createHash } from 'node:crypto'
import { summarizeEval, toSampleResult, type ExperimentDocument, type SampleRecord } from '@evals/core'
import { makeDocument, makeEntry, makeRun } from '@evals/core/testing'
import { openStore } from '@evals/storage'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

const evalName = 'qa.eval.ts > capitals'
const threshold = 'exactMatch mean ≥ 0.6'

interface Shard {
  readonly url: string
  readonly run: string
  readonly startedAt: string
  readonly records: readonly Partial<SampleRecord>[]
  /** Default: one that a merge can judge. */
  readonly thresholds?: readonly string[]
  readonly maxErrorRate?: number
}

/** Writes what a shard of four samples leaves behind. */
async function writeShard(folder: CommandFolder, { url, run, startedAt, records, ...asked }: Shard): Promise<void> {
  const store = await openStore(url, { root: folder.path, writer: 'test' })
  const entries = records.map((record) => makeEntry({ ...record, run, startedAt }))
  for (const entry of entries) await store.append('prod', entry)
  const facts = { eval: evalName, variant: {}, planned: 4, scorers: [{ name: 'exactMatch', kind: 'binary' as const }] }
  const thresholds = (asked.thresholds ?? [threshold]).map((title) => ({
    threshold: title,
    passed: null,
    value: null,
    message: `${title}: judged when the shards are merged.`,
  }))
  const summary = await summarizeEval(
    { ...facts, maxErrorRate: asked.maxErrorRate ?? 0, thresholds },
    entries.map(({ record }) => toSampleResult(record)),
  )
  const runs = [{ ...makeRun(run), startedAt }]
  await store.writeDocument(makeDocument('prod', { status: 'partial', runs, evals: { [evalName]: summary } }))
  await store.close()
}

const first = {
  url: 'json://shard-1/.evals',
  run: 'one',
  startedAt: '2026-01-02T03:00:00.000Z',
  records: [{ id: 'a' }, { id: 'b', scores: { exactMatch: { value: 0 } } }],
}
const second = {
  url: 'sqlite://shard-2.sqlite',
  run: 'two',
  startedAt: '2026-01-02T03:30:00.000Z',
  records: [
    { id: 'c', revision: 2 },
    { id: 'd', revision: 2, outcome: 'error' as const, passed: null, scores: {} },
  ],
}
const rest = {
  url: 'json://shard-3/.evals',
  run: 'three',
  startedAt: '2026-01-02T04:00:00.000Z',
  records: [{ id: 'd' }],
}
const from = ['shard-2.sqlite#prod', './shard-1/.evals#last']

async function show(folder: CommandFolder): Promise<ExperimentDocument> {
  return (await folder.json(['show', 'prod'])) as ExperimentDocument
}

test('shards become one experiment with the totals and thresholds of a run without shards, once', async () => {
  await using folder = new CommandFolder()
  for (const shard of [first, second, rest]) await writeShard(folder, shard)
  const two = await folder.evals(['merge', 'prod', ...from])
  expect(two).toMatchObject({ exitCode: 0, stderr: '' })
  expect(two.stdout).toBe('Merged 4 records of 2 experiments into prod: 4 samples, completed-with-errors.\n')
  const merged = await show(folder)
  expect(merged).toMatchObject({
    status: 'completed-with-errors',
    runs: [{ id: 'one' }, { id: 'two' }],
    evals: {
      [evalName]: {
        samples: { total: 4, scored: 3, error: 1, missing: 0 },
        scorers: { exactMatch: { n: 3, kind: 'binary' } },
        thresholds: [{ threshold, passed: true, value: 2 / 3 }],
        verdict: true,
      },
    },
  })

  const again = await folder.evals(['merge', 'prod', ...from])
  expect(again.stdout).toBe('Merged 0 records of 2 experiments into prod: 4 samples, completed-with-errors.\n')
  expect(await show(folder)).toEqual({ ...merged, updatedAt: expect.any(String) })

  const all = await folder.evals(['merge', 'prod', ...from, 'shard-3/.evals#prod'])
  expect(all.stdout).toBe('Merged 1 record of 3 experiments into prod: 4 samples, completed.\n')
  expect(await show(folder)).toMatchObject({
    runs: [{ id: 'one' }, { id: 'two' }, { id: 'three' }],
    evals: { [evalName]: { samples: { scored: 4 }, scorers: { exactMatch: { n: 4, mean: 0.75 } } } },
  })
})

test('where samples are missing no threshold is judged; a missed one ends with 1', async () => {
  await using folder = new CommandFolder()
  await writeShard(folder, first)
  const one = await folder.evals(['merge', 'prod', 'shard-1/.evals#prod'])
  expect(one).toMatchObject({ exitCode: 0, stderr: '' })
  expect(one.stdout).toContain(`? ${evalName}: ${threshold}: judged when the shards are merged.`)
  await writeShard(folder, {
    ...second,
    records: ['c', 'd'].map((id) => ({ id, scores: { exactMatch: { value: 0 } } })),
  })
  const both = await folder.evals(['merge', 'prod', 'shard-2.sqlite#prod'])
  expect(both.exitCode).toBe(1)
  expect(both.stdout).toContain(`✗ ${evalName}: ${threshold}: missed, found 0.25`)
})

test('a threshold that only a run of the eval can judge is told, and ends with 1', async () => {
  await using folder = new CommandFolder()
  const thresholds = ['exactMatch macro F1 ≥ 0.5', 'exactMatch macro F1']
  for (const shard of [first, { ...second, records: [{ id: 'c' }, { id: 'd' }] }]) {
    await writeShard(folder, { ...shard, thresholds })
  }
  const { exitCode, stdout } = await folder.evals(['merge', 'prod', ...from])
  expect(exitCode).toBe(1)
  expect(stdout.split('\n').slice(1)).toEqual([
    ` ? ${evalName}: ${thresholds[0]}: not judged, only a run of the eval can: "exactMatch" has no "macro F1". It has mean, ciLower, ciUpper. A metric is absent where there was nothing to compute it from.`,
    ` ? ${evalName}: ${thresholds[1]}: not judged, its bound is not known.`,
    ' ! No verdict: 2 thresholds could not be judged here. `evals run --experiment prod` judges what is recorded.',
    '',
  ])
})

test('errors that each shard allowed count together', async () => {
  await using folder = new CommandFolder()
  const failed = { outcome: 'error' as const, passed: null, scores: {} }
  const shards = [
    { ...first, records: [{ id: 'a' }, { id: 'b', ...failed }] },
    { ...second, records: [{ id: 'c' }, { id: 'd', ...failed }] },
  ]
  for (const shard of shards) await writeShard(folder, { ...shard, thresholds: [], maxErrorRate: 0.25 })
  const { exitCode, stdout } = await folder.evals(['merge', 'prod', ...from])
  expect(exitCode).toBe(1)
  expect(stdout).toContain(
    ` ✗ ${evalName}: 2 of 4 samples ended in an error or a timeout, more than maxErrorRate 0.25 allows (1)\n`,
  )
})

test('of a run that goes on, or was killed, what is recorded so far is counted', async () => {
  await using folder = new CommandFolder()
  const planned = await summarizeEval({ eval: evalName, variant: {}, planned: 4, scorers: [] }, [])
  await writeShard(folder, first)
  const store = await openStore(first.url, { root: folder.path, writer: 'test' })
  await store.writeDocument(makeDocument('prod', { status: 'running', evals: { [evalName]: planned } }))
  await store.close()
  const { exitCode, stdout } = await folder.evals(['merge', 'prod', 'shard-1/.evals#prod'])
  expect(exitCode).toBe(0)
  expect(stdout).toBe('Merged 2 records of 1 experiment into prod: 2 samples, partial.\n')
  expect(await show(folder)).toMatchObject({ evals: { [evalName]: { samples: { total: 4, scored: 2, missing: 2 } } } })
})

test('samples that left their eval do not come back by a merge', async () => {
  await using folder = new CommandFolder()
  const left = async (records: readonly Partial<SampleRecord>[], removed: readonly string[]) => {
    const results = records.map((record) => toSampleResult(makeEntry(record).record))
    const kept = results.filter(({ id }) => !removed.includes(id))
    const facts = { eval: evalName, variant: {}, planned: kept.length, scorers: [] }
    return { evals: { [evalName]: { ...(await summarizeEval(facts, kept)), removed } } }
  }
  const records = [{ id: 'a' }, { id: 'gone' }, { id: 'moved' }]
  await folder.experiment('one', records, await left(records, ['gone', 'moved']))
  await folder.experiment('two', [{ id: 'b' }, { id: 'moved' }])
  const { stdout } = await folder.evals(['merge', 'prod', 'one', 'two'])
  expect(stdout).toBe('Merged 4 records of 2 experiments into prod: 3 samples, completed.\n')
  expect((await show(folder)).evals).toMatchObject({ [evalName]: { samples: { total: 3 }, removed: ['gone'] } })
  const again = await folder.evals(['merge', 'prod', 'one'])
  expect(again.stdout).toBe('Merged 0 records of 1 experiment into prod: 3 samples, completed.\n')
})

test('evals that could not be declared come along, unless a later one came upon their file', async () => {
  await using folder = new CommandFolder()
  const error = { name: 'EvalsError', code: 'EVALS_DATASET_UNREADABLE', message: 'no file' }
  const undeclared = [evalName, 'lakes.eval.ts > lakes'].map((name) => ({ eval: name, variant: {}, error }))
  await folder.experiment('old', [], { evals: {}, undeclared, updatedAt: '2026-01-02T03:00:00.000Z' })
  await folder.experiment('new', [{ id: 'a' }], { updatedAt: '2026-01-02T04:00:00.000Z' })
  const { exitCode, stdout } = await folder.evals(['merge', 'prod', 'new', 'old'])
  expect(exitCode).toBe(0)
  expect(stdout).toBe('Merged 1 record of 2 experiments into prod: 1 sample, completed-with-errors.\n')
  expect(await show(folder)).toMatchObject({ status: 'completed-with-errors', undeclared: [undeclared[1]] })
})

test('an eval that one of them has as a whole keeps the figures of its run, and attachments come along', async () => {
  await using folder = new CommandFolder()
  const bytes = new TextEncoder().encode('an image')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const store = await folder.store()
  const output = { $blob: sha256, mediaType: 'image/png', bytes: bytes.byteLength }
  const entry = makeEntry({ output })
  await store.append('one', { ...entry, attachments: [{ sha256, mediaType: 'image/png', bytes }] })
  const figures = await summarizeEval(
    {
      eval: evalName,
      variant: {},
      planned: 1,
      scorers: [],
      metrics: { exactMatch: { macroF1: { value: 0.9, n: 1 } } },
    },
    [toSampleResult(entry.record)],
  )
  await store.writeDocument(makeDocument('one', { runs: [makeRun('run')], evals: { [evalName]: figures } }))
  await store.append('other', makeEntry({ eval: 'other.eval.ts > sums', run: 'later' }))
  expect(await folder.evals(['merge', 'prod', 'one', 'other'])).toMatchObject({ exitCode: 0, stderr: '' })
  expect((await show(folder)).evals).toMatchObject({
    [evalName]: { scorers: { exactMatch: { metrics: { macroF1: { value: 0.9 } } } } },
    'other.eval.ts > sums': { samples: { total: 1, scored: 1 } },
  })
  expect([...(await store.readAttachment('prod', sha256))]).toEqual([...bytes])
})

test('`last` names no experiment to make', async () => {
  await using folder = new CommandFolder()
  await writeShard(folder, first)
  const ended = await folder.evals(['merge', 'last', './shard-1/.evals#prod'])
  expect(ended).toMatchObject({ exitCode: 3, stdout: '' })
  expect(ended.stderr).toContain('[EVALS_EXPERIMENT_UNKNOWN]')
  expect(await folder.json(['list'])).toEqual([])
})

test.concurrent.for<[args: string, exitCode: number, code: string, message: string]>([
  ['all prd', 3, 'EVALS_EXPERIMENT_UNKNOWN', 'Did you mean "prod"?'],
  ['all nowhere/.evals#prod', 2, 'EVALS_USAGE_INVALID', 'There is no folder or file nowhere/.evals.'],
  ['all mysql://db#prod', 2, 'EVALS_STORAGE_UNKNOWN', 'Known: json:'],
  ['prod prod', 2, 'EVALS_USAGE_INVALID', 'prod is the experiment to merge into'],
  ['prod .evals#last', 2, 'EVALS_USAGE_INVALID', '.evals#last is the experiment to merge into'],
  ['all .evals#prd', 3, 'EVALS_EXPERIMENT_UNKNOWN', 'Did you mean "prod"?'],
])('merge %s is refused, and nothing is made', async ([args, exitCode, code, message]) => {
  await using folder = new CommandFolder()
  await folder.experiment('prod', [{}])
  const ended = await folder.evals(['merge', ...args.split(' ')])
  expect(ended).toMatchObject({ exitCode, stdout: '' })
  expect(ended.stderr).toContain(`[${code}]`)
  expect(ended.stderr).toContain(message)
  expect(await folder.json(['list'])).toMatchObject([{ experiment: 'prod' }])
})
