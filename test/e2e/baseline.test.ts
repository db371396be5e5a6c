import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

/** 60 rows; the first `WRONG` answers of the eval "quality" are wrong, those of "steady" always the same three. */
const source = `
import { evalTest } from 'vitest-plugin-evals'
import { appendFileSync } from 'node:fs'

const rows = Array.from({ length: 60 }, (_, index) => ({ id: 's' + index, index }))
const right = { name: 'right', kind: 'binary', score: ({ output }) => output }
const called = (value) => (appendFileSync('calls.txt', '.'), value)

evalTest.each(rows)('quality', ({ index }) => called(index >= Number(process.env.WRONG)), { scorers: [right] })
evalTest.each(rows)('steady', ({ index }) => called(index % 20 !== 0), { scorers: [right] })
`
const added = `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each([{ id: 'a' }])('new', ({ id }) => id, { scorers: [{ name: 'right', kind: 'binary', score: () => 1 }] })
`

describe.each(vitestMajors)('a baseline on Vitest %i', (vitest) => {
  let project: EvalProject
  let same: EvalRun
  let worse: EvalRun

  const run = (wrong: number, options: readonly string[]): Promise<EvalRun> =>
    project.run({ env: { WRONG: String(wrong) }, options })
  const calls = (): number => readFileSync(join(project.folder, 'calls.txt'), 'utf8').length

  beforeAll(async () => {
    project = new EvalProject({ vitest, files: { 'b.eval.ts': source } })
    await run(2, ['--experiment', 'main-1'])
    await run(2, ['--experiment', 'main-2', '--limit', '10'])
    project.write({ 'new.eval.ts': added })
    same = await run(2, ['--experiment', 'same', '--baseline', 'main-1'])
    worse = await run(20, ['--experiment', 'worse', '--baseline', 'main-1'])
  }, 200_000)
  afterAll(() => project[Symbol.dispose]())

  it('is a last test of each eval: what cannot be told passes, a new eval says that there is nothing to compare', () => {
    const states = statesOf(same.tests)
    expect(Object.fromEntries(Object.entries(states).filter(([name]) => name.endsWith('baseline')))).toEqual({
      'b.eval.ts > quality > quality › baseline': 'passed',
      'b.eval.ts > steady > steady › baseline': 'passed',
      'new.eval.ts > new > new › baseline': 'skipped',
    })
    expect(same.exitCode).toBe(0)
    expect(same.stderr).toContain('Compared with main-1')
    expect(same.stderr).toMatch(
      /· b\.eval\.ts > quality {2}right cannot tell: no difference \(.*n = 60 pairs; could have seen 12\.9 points\)/,
    )
    expect(same.stderr).toContain(
      '? new.eval.ts > new: baseline: not compared: the baseline "main-1" has no score of this eval and variant',
    )
    expect(same.stderr).toContain('Over all 2 tests of the run (Holm): 0 worse, 0 better, of 2 scores')
  })

  it('fails an eval that is worse, with the sentence in its message, the report and experiment.json', () => {
    const sentence =
      'right worse by 30.0 points (95 % CI 16.9 to 41.2, McNemar p < 0.001, n = 60 pairs; could have seen 20.8 points)'
    expect(statesOf(worse.tests)).toMatchObject({
      'b.eval.ts > quality > quality › baseline': 'failed',
      'b.eval.ts > steady > steady › baseline': 'passed',
    })
    expect(worse.exitCode).toBe(1)
    const [failure] = worse.tests['b.eval.ts > quality > quality › baseline']?.failures ?? []
    expect(failure).toContain(`baseline: compared with "main-1": ${sentence}`)
    expect(worse.stderr).toContain(`✗ b.eval.ts > quality  ${sentence}`)
    const { evals = {} } = worse.experiment.document ?? {}
    expect(evals['b.eval.ts > quality']).toMatchObject({
      verdict: false,
      baseline: {
        experiment: 'main-1',
        gate: 'worse',
        passed: false,
        scores: [{ scorer: 'right', verdict: 'worse', n: 60, tests: 1, inRun: { tests: 2, verdict: 'worse' } }],
      },
    })
    expect(evals['b.eval.ts > steady']).toMatchObject({ verdict: true, baseline: { passed: true } })
  })

  it('tells it to JUnit as a property', async () => {
    const reporters = ['--reporter=junit', '--outputFile=report.xml']
    await project.run({ env: { WRONG: '20' }, options: ['--baseline', 'main-1'], reporters })
    const xml = readFileSync(join(project.folder, 'report.xml'), 'utf8')
    expect(xml).toMatch(
      /<property name="baseline" value="baseline: compared with &quot;main-1&quot;: right worse by 30\.0 points/,
    )
  })

  it('is the newest completed experiment of a glob', async () => {
    const { experiment } = await run(2, ['--experiment', 'main-3', '--baseline', 'main-*'])
    expect(experiment.document?.evals['b.eval.ts > quality']?.baseline).toMatchObject({
      experiment: 'main-2',
      scores: [{ n: 10 }],
    })
  })

  it('that is unknown, or the run itself, is an error before anything is called', async () => {
    const before = calls()
    const unknown = await run(2, ['--baseline', 'main1'])
    expect(unknown.exitCode).toBe(1)
    expect(unknown.stderr).toContain('There is no experiment "main1". Did you mean "main-1"')
    const none = await run(2, ['--baseline', 'prod-*'])
    expect(none.stderr).toContain('No experiment matches the baseline "prod-*"')
    const itself = await run(2, ['--experiment', 'main-1', '--baseline', 'main-1'])
    expect(itself.stderr).toContain('is the experiment that this run writes to')
    expect(calls()).toBe(before)
  })
})

describe.each(vitestMajors)('a baseline of an eval on Vitest %i', (vitest) => {
  const evalOf = (baseline: string): string => `
import { evalTest } from 'vitest-plugin-evals'
import { passAt } from 'vitest-plugin-evals/reducers'
const rows = Array.from({ length: 200 }, (_, index) => ({ id: 's' + index, index, text: 't' + (index % 50) }))
evalTest.each(rows)('eval', ({ index }) => index % 10 !== 0, {
  scorers: [{ name: 'right', kind: 'binary', score: ({ output }) => output }],
  epochs: 2,
  reducer: passAt(2),
  cluster: 'text',
  thresholds: { right: { passAt2: 0.85 } },
  ${baseline}
})
`

  it('is judged as it says, also by the run that names another; epochs, reducers and clusters count', async () => {
    using project = new EvalProject({ vitest, files: { 'e.eval.ts': evalOf('') } })
    const first = await project.run({ options: ['--experiment', 'first'] })
    expect(first.exitCode).toBe(0)
    expect(first.experiment.document?.evals['e.eval.ts > eval']).toMatchObject({
      verdict: true,
      scorers: {
        right: {
          n: 200,
          mean: 0.9,
          method: 't',
          clusters: 50,
          range: [0, 1],
          metrics: { passAt2: { value: 0.9, n: 200 } },
        },
      },
    })
    expect(first.experiment.records[0]).toMatchObject({ cluster: 't0' })

    project.write({ 'e.eval.ts': evalOf(`baseline: { experiment: 'nothing', gate: 'notWorse', margin: 0.1 },`) })
    const unknown = await project.run({ options: ['--experiment', 'second'] })
    expect(statesOf(unknown.tests)).toEqual({ 'e.eval.ts > eval > eval › declaration': 'failed' })
    expect(unknown.tests['e.eval.ts > eval > eval › declaration']?.failures[0]).toContain(
      'There is no experiment "nothing"',
    )

    const named = await project.run({ options: ['--experiment', 'third', '--baseline', 'first'] })
    expect(named.exitCode).toBe(0)
    expect(named.experiment.document?.evals['e.eval.ts > eval']?.baseline).toMatchObject({
      gate: 'notWorse',
      passed: true,
      scores: [{ verdict: 'notWorse', n: 200, clusters: 50, margin: 0.1 }],
    })

    project.write({ 'e.eval.ts': evalOf(`baseline: { experiment: 'first', gate: 'notWorse' },`) })
    const invalid = await project.run()
    expect(invalid.tests['e.eval.ts > eval > eval › declaration']?.failures[0]).toContain("'notWorse' needs a margin")
  }, 200_000)
})
