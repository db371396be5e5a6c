import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'

const rows = [1, 1, 1, 0].map((right, index) => ({ id: 'abcd'[index], right }))
const value = { name: 'value', kind: 'binary', score: ({ output }) => output }
const loss = { name: 'loss', direction: 'lower', score: ({ output }) => 1 - output }
const share = {
  ...value,
  name: 'share',
  metrics: [
    { name: 'f1', compute: (records) => records.filter(({ scores }) => scores.share.value === 1).length / records.length },
    { name: 'spread', compute: async (records) => ({ value: 0.5, n: records.length }) },
  ],
}

evalTest.each(rows)('mixed', ({ right }) => right, {
  scorers: [value, loss, share],
  thresholds: {
    value: 0.75,
    loss: 0.2,
    share: { f1: { atLeast: 0.7, atMost: 0.8 }, spread: 0.6, ciUpper: { atMost: 0.99 }, mean: 0.5, median: 1 },
    latencyMs: { p50: 60000, p99: { atMost: 0 } },
    costUsd: { total: 1 },
    unknown: 1,
  },
})
evalTest.each(rows)('held', ({ right }) => right, { scorers: [value], thresholds: { value: { ciLower: 0.3 } } })
evalTest.each(rows)('badly written', ({ right }) => right, { scorers: [value], thresholds: { value: { mean: {} } } })
evalTest.each(rows)('badly named', ({ right }) => right, { scorers: [value], thresholds: { latencyMs: 5 } })
evalTest.each(rows)('not a number', ({ right }) => right, { scorers: [value], thresholds: { value: NaN } })
`

describe.each(vitestMajors)('thresholds on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 't.eval.ts': source } })
  })

  it('pass and fail one by one, whatever the others say', () => {
    const states = statesOf(run.tests)
    const thresholds = Object.entries(states).filter(([name]) => !/› [abcd]$/.test(name))
    expect(Object.fromEntries(thresholds)).toEqual({
      't.eval.ts > mixed > mixed › value mean ≥ 0.75': 'passed',
      't.eval.ts > mixed > mixed › loss mean ≤ 0.2': 'failed',
      't.eval.ts > mixed > mixed › share f1 ≥ 0.7 and ≤ 0.8': 'passed',
      't.eval.ts > mixed > mixed › share spread ≥ 0.6': 'failed',
      't.eval.ts > mixed > mixed › share ciUpper ≤ 0.99': 'passed',
      't.eval.ts > mixed > mixed › share mean ≥ 0.5': 'passed',
      't.eval.ts > mixed > mixed › share median ≥ 1': 'failed',
      't.eval.ts > mixed > mixed › latencyMs p50 ≤ 60000': 'passed',
      't.eval.ts > mixed > mixed › latencyMs p99 ≤ 0': 'failed',
      't.eval.ts > mixed > mixed › costUsd total ≤ 1': 'failed',
      't.eval.ts > mixed > mixed › unknown mean ≥ 1': 'failed',
      't.eval.ts > held > held › value ciLower ≥ 0.3': 'passed',
      't.eval.ts > badly written > badly written › declaration': 'failed',
      't.eval.ts > badly named > badly named › declaration': 'failed',
      't.eval.ts > not a number > not a number › declaration': 'failed',
    })
    expect(Object.values(states).filter((state) => state === 'passed')).toHaveLength(8 + 6)
    expect(run.exitCode).toBe(1)
  })

  it('say in the failure what was found and what can be named', () => {
    const failure = (title: string): string => run.tests[`t.eval.ts > ${title}`]?.failures.join() ?? ''
    expect(failure('mixed > mixed › loss mean ≤ 0.2')).toMatch(
      /loss mean ≤ 0\.2: missed, found 0\.25 \(n 4, 95 % interval −0\.5456 to 1\.046\)/,
    )
    expect(failure('mixed > mixed › costUsd total ≤ 1')).toContain('no model was called')
    expect(failure('mixed > mixed › unknown mean ≥ 1')).toContain(
      'The eval has no score named "unknown". It has value, loss, share, costUsd, latencyMs.',
    )
    expect(failure('mixed > mixed › share median ≥ 1')).toContain(
      '"share" has no "median". It has mean, ciLower, ciUpper, f1, spread.',
    )
    expect(failure('badly written > badly written › declaration')).toContain('{ atLeast, atMost }')
    expect(failure('badly named > badly named › declaration')).toContain('latencyMs: { p50: 5 }')
    expect(failure('not a number > not a number › declaration')).toContain('must be a number')
  })

  it('on a score that nothing gives are told when the first sample has all its scores', () => {
    const warning =
      't.eval.ts > mixed: the threshold `unknown mean ≥ 1` is on a score "unknown", which the first scored sample has not; it has value, loss, share. Unless another sample gets one, the threshold fails at the end.'
    expect(run.stderr.split(warning)).toHaveLength(2)
  })

  it('are in experiment.json and in the report', () => {
    const { evals = {} } = run.experiment.document ?? {}
    expect(evals['t.eval.ts > held']).toMatchObject({ verdict: true })
    expect(evals['t.eval.ts > mixed']).toMatchObject({
      verdict: false,
      scorers: {
        share: { metrics: { f1: { value: 0.75, n: 4 }, spread: { value: 0.5, n: 4 } } },
        loss: { direction: 'lower', method: 't', mean: 0.25 },
      },
    })
    expect(evals['t.eval.ts > mixed']?.thresholds).toHaveLength(11)
    expect(run.stderr).toContain('✗ t.eval.ts > mixed: loss mean ≤ 0.2: missed')
  })
})

describe.each(vitestMajors)('thresholds of partial sets on Vitest %i', (vitest) => {
  const rows = `
import { evalTest } from 'vitest-plugin-evals'
const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
evalTest.each(rows)('all', ({ id }) => id, { scorers: [{ name: 'isA', kind: 'binary', score: ({ output }) => output === 'a' }], thresholds: { isA: 0.2 } })
`
  const threshold = 'p.eval.ts > all > all › isA mean ≥ 0.2'

  it('are judged on what `limit` and `ids` plan, and on what an experiment already holds', async () => {
    using project = new EvalProject({ vitest, files: { 'p.eval.ts': rows } })
    const limited = await project.run({ options: ['--limit', '2', '--experiment', 'x'] })
    expect(limited.tests[threshold]?.meta['evals']).toMatchObject({ passed: true, value: 0.5 })
    expect(limited.exitCode).toBe(0)

    const byId = await project.run({ options: ['--ids', 'c,d', '--experiment', 'y'] })
    expect(byId.tests[threshold]?.meta['evals']).toMatchObject({ passed: false, value: 0 })
    expect(byId.exitCode).toBe(1)

    // `-t` leaves two of four out, which "x" has from before only in part.
    const partial = await project.run({ args: ['--project', 'evals', '-t', '› [bc]$'], options: ['--experiment', 'x'] })
    expect(partial.tests[threshold]?.state).toBe('skipped')
    expect(partial.experiments['x']?.document).toMatchObject({
      status: 'partial',
      evals: { 'p.eval.ts > all': { samples: { scored: 3, missing: 1 } } },
    })
    expect(partial.exitCode).toBe(0)

    const whole = await project.run({
      args: ['--project', 'evals', '-t', '› (d|isA.*)$'],
      options: ['--experiment', 'x'],
    })
    expect(whole.tests[threshold]?.meta['evals']).toMatchObject({ passed: true, value: 0.25 })
    expect(whole.experiments['x']?.document?.status).toBe('completed')
    expect(whole.exitCode).toBe(0)
  })

  it('fail on their own without records, and no run without a verdict is green', async () => {
    using project = new EvalProject({ vitest, files: { 'p.eval.ts': rows } })
    const alone = await project.run({ args: ['--project', 'evals', '-t', 'isA mean'] })
    expect(alone.tests[threshold]?.state).toBe('failed')
    expect(alone.tests[threshold]?.failures[0]).toContain('no sample of the eval has a record')
    expect(alone.exitCode).toBe(1)

    const asked = await project.run({ args: ['--project', 'evals', '-t', '› (a|isA.*)$'] })
    expect(asked.tests[threshold]?.state).toBe('skipped')
    expect(asked.exitCode).toBe(1)
    expect(asked.stderr).toContain('3 of 4 planned samples have no result')

    const none = await project.run({ args: ['--project', 'evals', '-t', 'no such test'] })
    expect(none.exitCode).toBe(1)
    expect(none.stderr).toContain('none of the 4 planned samples was run or judged')

    const options = ['--experiment', 'whole']
    await project.run({ options })
    const again = await project.run({ args: ['--project', 'evals', '-t', 'no such test'], options })
    expect(again.exitCode).toBe(1)
    expect(again.stderr).toMatch(/No verdict: (?:none of the 4 planned samples|no sample has a score)/)
  })
})
