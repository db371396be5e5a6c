import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { startModelServer } from '@evals/model-server'
import { summarizeEval, toSampleResult, type ExperimentDocument } from '@evals/core'
import { makeEntry } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

const error = { name: 'Error', message: 'down' }
const records = [
  { id: 'a', output: 'Paris', scores: { exactMatch: { value: 1 } } },
  { id: 'b', output: 'paris', scores: { exactMatch: { value: 0 } }, expected: 'Paris' },
  { id: 'c', outcome: 'error', passed: null, scores: {}, error, output: undefined },
  { id: 'd', outcome: 'answered', passed: null, scores: {}, output: 'Lyon' },
] as const
const loose = `
export default [{
  name: 'loose',
  kind: 'binary',
  score: ({ output, expected }: { output: string; expected: string }) => output.toLowerCase() === expected.toLowerCase(),
}]
`

/** Id, revision and outcome of records as one text, which can be sorted. */
function brief(given: readonly Record<string, unknown>[]): string[] {
  return given.map(({ id, revision, outcome }) => `${String(id)} ${String(revision)} ${String(outcome)}`).toSorted()
}

/** The counting records of an experiment, as `export` writes them. */
async function exported(folder: CommandFolder): Promise<Record<string, unknown>[]> {
  const { stdout } = await folder.evals(['export', 'exp', '--format', 'jsonl'])
  const lines = stdout.trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('scorers of a module judge stored outputs in a new revision; the other scores stay', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records)
  folder.write({ 'loose.ts': loose })
  const { exitCode, stdout, stderr } = await folder.evals(['rescore', 'exp', '--scorers', 'loose.ts'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toBe(`exp: 3 outputs were scored, 1 of them had never been scored, 1 sample has no output to score.
 qa.eval.ts > capitals, revision 1: loose 0.667
Earlier scores stay in the history: \`evals show EXPERIMENT --sample ID\` has all.
`)
  const [document, history, all] = await Promise.all([
    folder.json(['show', 'exp']),
    folder.json(['show', 'exp', '--sample', 'b']),
    exported(folder),
  ])
  expect(document).toMatchObject({
    status: 'completed-with-errors',
    runs: [{ id: 'run' }, { ended: 'finished', options: { rescore: 'loose.ts' } }],
    evals: {
      'qa.eval.ts > capitals': {
        samples: { total: 4, scored: 3, error: 1 },
        scorers: { exactMatch: { n: 2, mean: 0.5 }, loose: { n: 3, kind: 'binary' } },
        fingerprint: { revision: 1, scorers: { loose: expect.any(String) } },
      },
    },
  })
  expect(history).toMatchObject({
    records: [
      { counts: false, record: { revision: 0, scores: { exactMatch: { value: 0 } } } },
      { counts: true, record: { revision: 1, scores: { exactMatch: { value: 0 }, loose: { value: 1 } } } },
    ],
  })
  expect(brief(all)).toEqual(['a 1 scored', 'b 1 scored', 'c 1 error', 'd 1 scored'])
})

test('a sample whose passWhen failed is none that passed', async () => {
  await using folder = new CommandFolder()
  const failure = { message: '`passWhen` failed: no.' }
  await folder.experiment('exp', [{ ...records[0], passed: null, failure }])
  folder.write({ 'loose.ts': loose })
  expect(await folder.evals(['rescore', 'exp', '--scorers', 'loose.ts'])).toMatchObject({ stderr: '' })
  expect(await exported(folder)).toMatchObject([
    { revision: 1, passed: null, failure, scores: { loose: { value: 1 } } },
  ])
})

test('a process that is killed loses no figure, and the next one scores only the rest', async () => {
  await using folder = new CommandFolder()
  const ids = Array.from({ length: 300 }, (_, index) => `s${index}`)
  await folder.experiment(
    'exp',
    ids.map((id) => ({ id, output: id })),
  )
  folder.write({
    'killing.mjs': `
      import { appendFileSync } from 'node:fs'
      let calls = 0
      export const scorers = [{ name: 'own', version: '1', async score({ output }) {
        calls += 1
        if (process.env.KILL && calls > 200) process.kill(process.pid, 'SIGKILL')
        appendFileSync('calls.txt', output + '\\n')
        await new Promise((resolve) => setTimeout(resolve, 2))
        return 1
      } }]`,
  })
  const before = await exported(folder)
  const rescore = ['rescore', 'exp', '--scorers', 'killing.mjs']
  const killed = await folder.evals(rescore, { KILL: '1' })
  expect(killed).toMatchObject({ exitCode: null, stdout: '' })
  const [figures, between] = await Promise.all([folder.json(['show', 'exp']), exported(folder)])
  expect(between).toEqual(before)
  const { evals, status } = figures as ExperimentDocument
  expect(status).toBe('completed')
  expect(Object.keys(evals['qa.eval.ts > capitals']?.scorers ?? {})).toEqual(['exactMatch'])

  const resumed = await folder.evals(rescore)
  expect(resumed).toMatchObject({ exitCode: 0, stderr: '' })
  const [, scored, done] = /^exp: (\d+) outputs were scored, (\d+) were done before/.exec(resumed.stdout) ?? []
  expect(Number(done)).toBeGreaterThan(0)
  expect(Number(scored) + Number(done)).toBe(300)
  const calls = readFileSync(join(folder.path, 'calls.txt'), 'utf8').trimEnd().split('\n')
  // At most those in progress were scored twice.
  expect(calls.length).toBeLessThanOrEqual(400)
  expect(new Set(calls)).toEqual(new Set(ids))
  const after = await exported(folder)
  expect(brief(after)).toEqual(ids.map((id) => `${id} 1 scored`).toSorted())

  const again = await folder.evals(rescore)
  expect(again.stdout).toContain('exp: 300 outputs were scored.\n qa.eval.ts > capitals, revision 2: own 1.000')
})

test('Ctrl+C ends it in order and tells how to go on', async () => {
  await using folder = new CommandFolder()
  await folder.experiment(
    'exp',
    Array.from({ length: 150 }, (_, index) => ({ id: `s${index}` })),
  )
  folder.write({
    'slow.mjs': `
      import { existsSync, writeFileSync } from 'node:fs'
      let calls = 0
      export default [{ name: 'slow', version: '1', async score() {
        calls += 1
        if (calls > 100 && !existsSync('begun')) writeFileSync('begun', '')
        if (calls > 50 && !process.env.FAST) await new Promise((resolve) => setTimeout(resolve, 60_000).unref())
        return 1
      } }]`,
  })
  const child = folder.start(['rescore', 'exp', '--scorers', 'slow.mjs'])
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const told = text(child.stderr)
  while (!existsSync(join(folder.path, 'begun'))) await sleep(20)
  child.kill('SIGINT')
  expect(await closed).toBe(130)
  expect(await told).toBe(`Interrupted: 50 outputs were scored so far, and the figures are still those of before.
Go on: evals rescore "exp" --scorers "slow.mjs"
`)
  expect(await folder.json(['show', 'exp'])).toMatchObject({
    status: 'completed',
    runs: [{ id: 'run' }, { ended: 'interrupted' }],
    evals: { 'qa.eval.ts > capitals': { scorers: { exactMatch: { n: 150 } } } },
  })
  const resumed = await folder.evals(['rescore', 'exp', '--scorers', 'slow.mjs'], { FAST: '1' })
  expect(resumed.stdout).toContain('exp: 100 outputs were scored, 50 were done before an interruption.')
})

test('only judges call models, and never twice for the same answer', async () => {
  await using folder = new CommandFolder()
  await using server = await startModelServer({})
  await folder.experiment('exp', [
    { id: 'a', output: 'Paris' },
    { id: 'b', output: 'Lyon' },
  ])
  const openai = new URL('../../../providers/src/openai.ts', import.meta.url).href
  folder.write({
    'judge.ts': `
      import { openai } from '${openai}'
      const model = openai('judge')
      export default [{ name: 'judge', async score({ output }: { output: string }) {
        return (await model.generate('Is this right? ' + output)).text.length > 0
      } }]`,
  })
  const env = { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'sk-test' }
  for (const revision of [1, 2]) {
    const { exitCode, stdout } = await folder.evals(['rescore', 'exp', '--scorers', 'judge.ts'], env)
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`revision ${revision}: `),
    })
  }
  expect(await server.stats()).toMatchObject({ answered: 2 })
})

test('thresholds are judged again, and a scorer that fails costs only its score', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', records.slice(0, 2))
  const store = await folder.store()
  const document = (await store.readDocument('exp'))!
  const [key, summary] = Object.entries(document.evals)[0]!
  const thresholds = ['exactMatch mean ≥ 0.5', 'exactMatch macroF1 ≥ 0.5'].map((threshold) => ({
    threshold,
    passed: true,
    value: 1,
    message: 'held',
  }))
  await store.writeDocument({ ...document, evals: { [key]: { ...summary, thresholds, verdict: true } } })
  folder.write({
    'evals.scorers.mjs': `
      export default { capitals: [{ name: 'exactMatch', score({ output }) {
        if (output === 'Paris') throw new TypeError('no')
        return 0
      } }] }`,
  })
  const { exitCode, stdout } = await folder.evals(['rescore', 'last'])
  expect(exitCode).toBe(1)
  expect(stdout).toContain('exp: 2 outputs were scored, a scorer failed on 1.')
  expect(stdout).toContain(' ✗ qa.eval.ts > capitals: exactMatch mean ≥ 0.5: missed, found 0')
  expect(stdout).toContain(' ? qa.eval.ts > capitals: exactMatch macroF1 ≥ 0.5: not judged, only a run of the eval can')
  const { evals } = (await folder.json(['show', 'exp'])) as ExperimentDocument
  expect(evals[key]).toMatchObject({
    verdict: false,
    scorers: { exactMatch: { n: 1, mean: 0, failed: 1 } },
    thresholds: [
      { threshold: 'exactMatch mean ≥ 0.5', passed: false, value: 0 },
      {
        threshold: 'exactMatch macroF1 ≥ 0.5',
        passed: null,
        message: expect.stringContaining('not judged, only a run of the eval can: "exactMatch" has no "macroF1"'),
      },
    ],
  })
})

test('the verdict of a baseline, which was on the scores of before, is told as not judged', async () => {
  await using folder = new CommandFolder()
  const key = 'qa.eval.ts > capitals'
  const baseline = { experiment: 'main', gate: 'worse', passed: false, message: 'worse', scores: [] } as const
  const results = records.map((record) => toSampleResult(makeEntry(record).record))
  const summary = await summarizeEval({ eval: key, variant: {}, planned: 4, scorers: [], baseline }, results)
  await folder.experiment('exp', records, { evals: { [key]: summary } })
  folder.write({ 'loose.ts': loose })
  const { exitCode, stdout } = await folder.evals(['rescore', 'exp', '--scorers', 'loose.ts'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain(
    ` ? ${key}: baseline: not compared since it was scored again. \`evals compare main exp\` does.`,
  )
  const { evals } = (await folder.json(['show', 'exp'])) as ExperimentDocument
  expect(evals[key]).toMatchObject({ verdict: null, baseline: { experiment: 'main', gate: 'worse', passed: null } })
})

test.concurrent.for<[file: string, args: string, exitCode: number, code: string, message: string]>([
  ['', '', 2, 'EVALS_USAGE_INVALID', 'there is no evals.scorers.ts here'],
  ['', '--scorers none.ts', 2, 'EVALS_MODULE_UNREADABLE', 'Node loads it without a bundler'],
  ['enum A { B }', '--scorers it.ts', 2, 'EVALS_MODULE_UNREADABLE', 'types that can be stripped'],
  ['export default 3', '--scorers it.ts', 2, 'EVALS_USAGE_INVALID', 'it.ts exports no scorers'],
  ['export default { capitls: [() => 1] }', '--scorers it.ts', 3, 'EVALS_EVAL_UNKNOWN', 'Did you mean "capitals"?'],
  ['export default [() => 1]', '--scorers it.ts --eval nothing', 3, 'EVALS_EVAL_UNKNOWN', 'shows all'],
  ['export default [{}]', '--scorers it.ts', 2, 'EVALS_SCORER_OPTION_INVALID', 'neither a function nor'],
])('%j with %j is refused', async ([file, args, exitCode, code, message]) => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', [{}])
  folder.write({ 'it.ts': file })
  const ended = await folder.evals(['rescore', 'exp', ...args.split(' ').filter(Boolean)])
  expect(ended).toMatchObject({ exitCode, stdout: '' })
  expect(ended.stderr).toContain(`[${code}]`)
  expect(ended.stderr).toContain(message)
})
