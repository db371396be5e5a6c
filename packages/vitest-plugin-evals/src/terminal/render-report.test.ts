import { execFileSync } from 'node:child_process'
import type { EvalSummary } from '@evals/core'
import { expect, test } from 'vitest'
import { makeSummary, plain } from './eval-summary.test-support.ts'
import { renderReport, type Report } from './render-report.ts'

async function report(parts: Partial<Report> = {}): Promise<string> {
  return renderReport({
    experiment: 'prod',
    location: 'Records: .evals/experiments/prod',
    durationMs: 75_000,
    evals: [await makeSummary('capitals', { count: 20 })],
    worst: new Map(),
    warnings: [],
    ...parts,
  })
}

test('title, table, and where the records are', async () => {
  expect(plain(await report())).toMatchInlineSnapshot(`
    "
     Evals  prod · 20 samples · 1 min 15 s

     eval      scorer        n   mean  95 % interval   unscored     p50     p95
     capitals  exactMatch   20  0.800  0.584 to 0.919         0  895 ms  981 ms
               levenshtein  20  0.500  0.330 to 0.670         0

     Least difference that a next run of the same samples would show (less, if its answers resemble these)
       capitals  exactMatch 41.8 points, levenshtein 37.8 points

     Records: .evals/experiments/prod

    "
  `)
})

test('what went wrong is told apart: errors, broken scorers, failed assertions, no score', async () => {
  const base = await makeSummary('capitals', { count: 20, errors: 3 })
  const exact = { ...base.scorers['exactMatch']!, failed: 1, absent: 2, notScored: 4 }
  const samples = { ...base.samples, timeout: 1, cancelled: 2, missing: 5 }
  const text = plain(await report({ evals: [{ ...base, samples, scorers: { exactMatch: exact } }] }))
  expect(text).toContain(
    ' ✗ src/qa.eval.ts > capitals: of 20 samples 3 ended in an error, 1 timed out, 2 were cancelled, 5 did not run, 1 failed in the scorer exactMatch, 2 were not judged by exactMatch after a failed assertion, 4 got no score from exactMatch\n',
  )
  expect(text).toContain('prod · 15 samples · 1 min 15 s')
})

test('samples that fail the run are marked so: errors above the allowed share, and those without a verdict', async () => {
  const lineOf = async (summary: EvalSummary, parts: Partial<Report> = {}): Promise<string | undefined> =>
    plain(await report({ evals: [summary], ...parts }))
      .split('\n')
      .find((line) => line.includes(': of '))
  const broken = await makeSummary('capitals', { count: 20, errors: 3 })
  const found = 'src/qa.eval.ts > capitals: of 20 samples 3 ended in an error'
  expect(await lineOf(broken)).toBe(` ✗ ${found}`)
  expect(await lineOf({ ...broken, maxErrorRate: 0.2 })).toBe(` ! ${found}`)
  expect(await lineOf(broken, { fromRecords: true })).toBe(` ! ${found}`)
  const unjudged = await makeSummary('capitals', { count: 6, result: { passed: null } })
  expect(await lineOf(unjudged)).toBe(
    ' ✗ src/qa.eval.ts > capitals: of 6 samples 6 got no verdict, since passWhen or a scorer failed',
  )
  const scored = { ...unjudged.scorers['exactMatch']!, failed: 6 }
  expect(await lineOf({ ...unjudged, scorers: { exactMatch: scored } })).toBe(
    ' ✗ src/qa.eval.ts > capitals: of 6 samples 6 failed in the scorer exactMatch',
  )
})

test('one sample was, two were', async () => {
  const base = await makeSummary('capitals', { count: 5 })
  const samples = { ...base.samples, cancelled: 1 }
  const text = plain(await report({ evals: [{ ...base, samples, limited: { turns: 1, costUsd: 2 } }] }))
  expect(text).toContain(
    'of 5 samples 1 was cancelled, 1 was stopped at the limit of model calls, 2 were stopped at the limit of cost\n',
  )
})

test('thresholds that do not hold are told with what was found', async () => {
  const thresholds = [
    { threshold: 'a', passed: true, value: 1, message: 'a: holds' },
    { threshold: 'b', passed: false, value: 0, message: 'b: missed, found 0' },
    { threshold: 'c', passed: null, value: null, message: 'c: not judged' },
  ]
  const text = plain(await report({ evals: [await makeSummary('capitals', { facts: { thresholds } })] }))
  expect(text).toContain(
    '\n ✗ src/qa.eval.ts > capitals: b: missed, found 0\n ? src/qa.eval.ts > capitals: c: not judged\n',
  )
  expect(text).not.toContain('a: holds')
})

test('evals that could not be declared, and those with more errors than they allow', async () => {
  const evals = [
    await makeSummary('capitals', { count: 100, errors: 3, facts: { maxErrorRate: 0.01 } }),
    await makeSummary('rivers', { count: 100, errors: 3, facts: { maxErrorRate: 0.03 } }),
  ]
  const error = { name: 'EvalsError', code: 'EVALS_DATASET_UNREADABLE', message: 'qa.csv:3: \u001B[31mno\nrow' }
  const undeclared = [
    { eval: 'qa.eval.ts > lakes', variant: { model: 'mini' }, error },
    { eval: 'qa.eval.ts > seas', variant: {}, error: { name: 'TypeError', message: 'no list' } },
  ]
  const lines = plain(await report({ evals, undeclared })).split('\n')
  expect(lines.filter((line) => line.startsWith(' ✗ '))).toEqual([
    ' ✗ qa.eval.ts > lakes [model=mini]: could not be declared, EVALS_DATASET_UNREADABLE: qa.csv:3: no row',
    ' ✗ qa.eval.ts > seas: could not be declared, TypeError: no list',
    ' ✗ src/qa.eval.ts > capitals: 3 of 100 samples ended in an error or a timeout, more than maxErrorRate 0.01 allows (1)',
  ])
  const only = plain(await report({ evals: [], undeclared: undeclared.slice(1) })).split('\n')
  expect(only.slice(0, 4)).toEqual([
    '',
    expect.stringContaining('0 samples'),
    '',
    ' ✗ qa.eval.ts > seas: could not be declared, TypeError: no list',
  ])
})

test('the worst samples, fewer of each the more evals there are, and warnings', async () => {
  const sample = {
    id: 'france',
    epoch: 1,
    scorer: 'exactMatch',
    value: 0,
    input: 'Capital?',
    expected: 'Paris',
    output: 'Lyon',
  }
  const { expected: _expected, ...open } = sample
  const worst = new Map([['src/qa.eval.ts > capitals', [sample, { ...open, epoch: 0 }]]])
  const text = plain(await report({ worst, warnings: ['1.jsonl:3: a torn line'] }))
  expect(text).toContain(
    '\n Worst of src/qa.eval.ts > capitals\n   france #2  exactMatch 0  Capital?, expected Paris, got Lyon\n   france  exactMatch 0  Capital?, got Lyon\n',
  )
  expect(text).toContain('\n ! 1.jsonl:3: a torn line\n')
  const many = await Promise.all(Array.from({ length: 12 }, (_, index) => makeSummary(`e${index}`, { count: 5 })))
  const each = new Map(many.map((summary) => [summary.eval, [sample, sample]]))
  expect(plain(await report({ evals: many, worst: each })).match(/got Lyon/g)).toHaveLength(12)
})

test('failed samples by error, cut to a line each and to eight errors', async () => {
  const failures = Array.from({ length: 10 }, (_, index) => ({
    error: `EVALS_${index}`,
    count: 3000 - index,
    sample: `s${index}`,
    message: index === 0 ? 'x'.repeat(200) : 'down',
  }))
  const lines = plain(await report({ failures })).split('\n')
  const start = lines.indexOf(' Failed and unscored samples by reason')
  expect(lines.slice(start, lines.indexOf('', start))).toEqual([
    ' Failed and unscored samples by reason',
    `   3,000 × EVALS_0  s0: ${'x'.repeat(160)}…`,
    ...Array.from({ length: 7 }, (_, index) => `   2,99${9 - index} × EVALS_${index + 1}  s${index + 1}: down`),
    '   5,983 × 2 other reasons',
  ])
  expect(plain(await report())).not.toContain('Failed and unscored')
})

test('figures of answers from before and after a change say so', async () => {
  const fingerprint = { revision: 0, scorers: {}, forced: ['the task (app.ts changed)', 'the model "judge" (a → b)'] }
  const evals = [{ ...(await makeSummary('capitals')), fingerprint }, await makeSummary('other')]
  const lines = plain(await report({ evals })).split('\n')
  expect(lines.filter((line) => line.startsWith(' ! '))).toEqual([
    ' ! src/qa.eval.ts > capitals: has answers from before and after a change, by resume "force": the task (app.ts changed); the model "judge" (a → b)',
  ])
})

test('NO_COLOR leaves no colour, FORCE_COLOR some', async () => {
  const file = JSON.stringify(new URL('render-report.ts', import.meta.url).href)
  const script = `import(${file}).then(({ renderReport }) => process.stdout.write(renderReport({ experiment: 'e', location: 'l', durationMs: 1, evals: [], worst: new Map(), warnings: ['w'] })))`
  const run = (environment: NodeJS.ProcessEnv): string =>
    execFileSync(process.execPath, ['--conditions=@evals/source', '--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', ...environment },
    })
  expect(run({ NO_COLOR: '1' })).not.toContain('\u001B')
  expect(run({ FORCE_COLOR: '1' })).toContain('\u001B[33m ! w\u001B[39m')
})
