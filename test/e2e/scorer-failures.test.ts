import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'

const rows = [{ id: 'a', question: 'q' }, { id: 'b', question: 'q', expected: 'answer' }]

evalTest.each(rows)('bad scorers', () => 'answer', {
  sampleTimeout: 200,
  scorers: [
    { name: 'fine', range: [0, 1], score: ({ output }) => ({ value: output.length / 10, explanation: 'length', metadata: { at: new Date(0) } }) },
    exactMatch(),
    function thrower() { throw new RangeError('scorer broke') },
    async function rejecter() { throw 'text' },
    function nan() { return NaN },
    function infinite() { return Infinity },
    function text() { return 'good' },
    function nothing() {},
    function unknownObject() { return { verdict: 1 } },
    { name: 'ranged', range: [0, 1], score: () => 1.5 },
    { name: 'binary', kind: 'binary', score: () => 0.5 },
    function twins() { return [{ name: 'twin', value: 1 }, { name: 'twin', value: 0 }] },
    function several() { return [{ name: 'first', score: 0.25 }, { name: 'second', value: false }, { name: 'third', value: null }] },
    function unjudged() { return null },
    { name: 'slow', score: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(1))) },
    { name: 'autoevals', score: async ({ input, output, expected }) => ({ name: 'autoevals', score: 1, metadata: { input, output, expected } }) },
  ],
  thresholds: { fine: 0.5, nan: 0 },
})
`

const failed = (code: string, message: string): object => ({
  value: null,
  error: expect.objectContaining({ code, message: expect.stringContaining(message) }),
})

describe.each(vitestMajors)('failing scorers on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 's.eval.ts': source } })
  })

  it('cost neither the output nor any other score', () => {
    const [record] = run.experiment.records.filter(({ id }) => id === 'a')
    expect(record).toMatchObject({ outcome: 'scored', passed: null, output: 'answer' })
    expect(record).not.toHaveProperty('error')
    expect(record?.scores).toEqual({
      fine: { value: 0.6, explanation: 'length', metadata: { at: { $date: '1970-01-01T00:00:00.000Z' } } },
      exactMatch: failed('EVALS_EXPECTED_MISSING', 'The row has id, question'),
      thrower: {
        value: null,
        error: { name: 'RangeError', message: 'scorer broke', stack: expect.stringContaining('s.eval.ts') },
      },
      rejecter: { value: null, error: { name: 'Error', message: 'text' } },
      nan: failed('EVALS_SCORE_INVALID', 'returned NaN'),
      infinite: failed('EVALS_SCORE_INVALID', 'returned Infinity'),
      text: failed('EVALS_SCORE_INVALID', 'returned "good"'),
      nothing: failed('EVALS_SCORE_INVALID', 'returned nothing'),
      unknownObject: failed('EVALS_SCORE_INVALID', 'an object without `value` or `score` (verdict)'),
      ranged: failed('EVALS_SCORE_INVALID', 'a number from 0 to 1'),
      binary: failed('EVALS_SCORE_INVALID', '0 or 1'),
      twin: { value: 1, scorer: 'twins' },
      twins: failed('EVALS_SCORER_DUPLICATE', 'a score named "twin"'),
      first: { value: 0.25, scorer: 'several' },
      second: { value: 0, kind: 'binary', scorer: 'several' },
      third: { value: null, scorer: 'several' },
      unjudged: { value: null },
      slow: failed('EVALS_SCORER_TIMEOUT', 'longer than 200 ms'),
      autoevals: { value: 1, metadata: { input: { question: 'q' }, output: 'answer', expected: { $undefined: true } } },
    })
  })

  it('fail the test with all their messages', () => {
    const { state, failures } = run.tests['s.eval.ts > bad scorers > bad scorers › b'] ?? {}
    expect(state).toBe('failed')
    expect(failures?.[0]).toContain('11 of 19 scores failed')
    expect(failures?.[0]).toContain('thrower: scorer broke')
    expect(failures?.[0]).toContain('nan: The scorer "nan" returned NaN')
    expect(run.exitCode).toBe(1)
  })

  it('are counted apart from scores', () => {
    const { scorers, samples } = run.experiment.document!.evals['s.eval.ts > bad scorers']!
    expect(samples).toMatchObject({ total: 2, scored: 2, error: 0 })
    expect(scorers['exactMatch']).toMatchObject({ n: 1, mean: 1, failed: 1, unscored: 1 })
    expect(scorers['nan']).toMatchObject({ n: 0, mean: null, failed: 2, notScored: 0, unscored: 2 })
    expect(scorers['unjudged']).toMatchObject({ n: 0, mean: null, failed: 0, notScored: 2, unscored: 2 })
    expect(scorers['second']).toMatchObject({ n: 2, mean: 0, kind: 'binary', method: 'wilson' })
    expect(run.tests['s.eval.ts > bad scorers > bad scorers › fine mean ≥ 0.5']?.state).toBe('passed')
    expect(run.tests['s.eval.ts > bad scorers > bad scorers › nan mean ≥ 0']?.state).toBe('failed')
    expect(run.stderr).toContain('2 failed in the scorer nan')
    expect(run.stderr).toContain('2 got no score from unjudged')
  })
})
