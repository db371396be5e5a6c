import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const failing = `
import { evalTest } from 'vitest-plugin-evals'

const rows = ['fine', 'broken', 'waits 1', 'waits 2', 'later'].map((id) => ({ id }))
evalTest.each(rows)('bail', async ({ id }, { signal }) => {
  if (id === 'broken') throw new Error('no model')
  if (id.startsWith('waits')) await new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  return id
}, { concurrency: 2, scorers: [{ name: 'done', score: () => true }], thresholds: { done: 1 } })
`

const repaired = `
import { evalTest } from 'vitest-plugin-evals'

const rows = ['3f2a9c01', 'b', 'c'].map((id) => ({ id }))
const right = { name: 'right', kind: 'binary', score: ({ output }) => output === 'yes' }
const options = { scorers: [right], thresholds: { right: 1 }, passWhen: ({ right }) => right === 1 }
evalTest.each(rows)('main', ({ id }) => {
  if (id === 'b' && !process.env.REPAIRED) throw new Error('no model')
  return id === 'c' && !process.env.REPAIRED ? 'no' : 'yes'
}, { ...options, epochs: 2 })
evalTest.each(rows)('other', () => 'yes', options)
`

/** `eval id #epoch` of what a run of an experiment recorded, in any order. */
function recordedBy({ experiments }: EvalRun, experiment: string): string[] {
  const { document, records } = experiments[experiment]!
  const run = document?.runs.at(-1)?.id
  return records
    .filter((record) => record.run === run)
    .map((record) => `${record.eval.split(' > ')[1]} ${record.id} #${record.epoch + 1}`)
    .toSorted()
}

/** The states of a run's tests without those that a filter left out. */
function selectedStates({ tests }: EvalRun): Record<string, string> {
  const selected = Object.entries(statesOf(tests)).filter(([, state]) => state === 'passed' || state === 'failed')
  return Object.fromEntries(selected.map(([name, state]) => [name.split(' > ').slice(1).join(' > '), state]))
}

describe.each(vitestMajors)('on Vitest %i', (vitest) => {
  it('`--bail` cancels what runs, starts no more and judges nothing', async () => {
    const args = ['--project', 'evals', '--bail=1']
    const run = await runEvals({ vitest, files: { 'b.eval.ts': failing }, args })
    expect(run.exitCode).toBe(1)
    const outcomes = run.experiment.records.map(({ id, outcome, error }) => [id, [outcome, error?.message]])
    const cancelled = ['cancelled', 'The run was cancelled before the task answered.']
    expect(Object.fromEntries(outcomes)).toEqual({
      fine: ['scored', undefined],
      broken: ['error', 'no model'],
      'waits 1': cancelled,
      'waits 2': cancelled,
    })
    expect(statesOf(run.tests)).toEqual({
      'b.eval.ts > bail > bail › fine': 'passed',
      'b.eval.ts > bail > bail › broken': 'failed',
      'b.eval.ts > bail > bail › waits 1': 'skipped',
      'b.eval.ts > bail > bail › waits 2': 'skipped',
      'b.eval.ts > bail > bail › later': 'skipped',
      // Vitest 4 gives no state to what it did not start.
      'b.eval.ts > bail > bail › done mean ≥ 1': vitest === 4 ? 'pending' : 'skipped',
    })
    expect(run.experiment.document).toMatchObject({
      status: 'interrupted',
      runs: [{ ended: 'interrupted' }],
      evals: {
        'b.eval.ts > bail': {
          samples: { total: 5, scored: 1, error: 1, cancelled: 2, missing: 1 },
          thresholds: [],
          verdict: null,
        },
      },
    })
  })

  it("`-t` with a sample's id runs its epochs, or one of them, and nothing else", async () => {
    using project = new EvalProject({ vitest, files: { 'f.eval.ts': repaired } })
    const byId = (pattern: string): Promise<EvalRun> =>
      project.run({ args: ['--project', 'evals', '-t', pattern], options: ['--experiment', 'x'] })

    const sample = await byId('main › 3f2a9c01')
    expect(recordedBy(sample, 'x')).toEqual(['main 3f2a9c01 #1', 'main 3f2a9c01 #2'])
    expect(selectedStates(sample)).toEqual({
      'main > main › 3f2a9c01': 'passed',
      'main > main › 3f2a9c01 #2': 'passed',
    })
    expect(sample.experiment.document).toMatchObject({
      status: 'partial',
      evals: { 'f.eval.ts > main': { samples: { total: 6, scored: 2, missing: 4 }, thresholds: [], verdict: null } },
    })
    expect(sample.stderr).toContain('! f.eval.ts > main: of 6 samples 4 did not run')
    expect(sample.exitCode).toBe(0)

    const epoch = await byId('main › c #2')
    expect(recordedBy(epoch, 'x')).toEqual(['main c #2'])
    expect(selectedStates(epoch)).toEqual({ 'main > main › c #2': 'failed' })
    expect(epoch.exitCode).toBe(1)
  })
})

describe('`--last-failed` on Vitest 5', () => {
  const failed = ['main b #1', 'main b #2', 'main c #1', 'main c #2']
  const passed = Object.fromEntries(
    failed.map((name) => [`main > ${name.replace(' ', ' › ').replace(' #1', '')}`, 'passed']),
  )
  const lastFailed = (project: EvalProject, experiment: string): Promise<EvalRun> =>
    project.run({
      args: ['--project', 'evals', '--last-failed'],
      options: ['--experiment', experiment],
      env: { REPAIRED: '1' },
    })

  it('runs failed samples again, whose new records count, and judges the thresholds that failed', async () => {
    using project = new EvalProject({ vitest: 5, files: { 'f.eval.ts': repaired } })
    const first = await project.run({ options: ['--experiment', 'x'] })
    expect(first.exitCode).toBe(1)
    expect(first.experiment.document?.status).toBe('completed-with-errors')

    const again = await lastFailed(project, 'x')
    expect(recordedBy(again, 'x')).toEqual(failed)
    expect(selectedStates(again)).toEqual({ ...passed, 'main > main › right mean ≥ 1': 'passed' })
    expect(again.experiment.document).toMatchObject({
      status: 'completed',
      evals: {
        'f.eval.ts > main': { samples: { total: 6, scored: 6, error: 0 }, verdict: true },
        'f.eval.ts > other': { samples: { total: 3, scored: 3 }, scorers: { right: { n: 3, mean: 1 } } },
      },
    })
    expect(again.exitCode).toBe(0)
  })

  it('into a new experiment gives no verdict on the part of the samples it holds', async () => {
    using project = new EvalProject({ vitest: 5, files: { 'f.eval.ts': repaired } })
    await project.run({ options: ['--experiment', 'x'] })
    const part = await lastFailed(project, 'y')
    expect(recordedBy(part, 'y')).toEqual(failed)
    expect(selectedStates(part)).toEqual(passed)
    const reason = 'right mean ≥ 1: not judged, 2 of 6 planned samples have no result (a filter left them out).'
    expect(part.experiments['y']?.document).toMatchObject({
      status: 'partial',
      evals: {
        'f.eval.ts > main': {
          samples: { total: 6, scored: 4, missing: 2 },
          thresholds: [{ passed: null, message: reason }],
          verdict: null,
        },
      },
    })
    expect(part.tests['f.eval.ts > main > main › right mean ≥ 1']).toMatchObject({
      state: 'skipped',
      meta: { evals: { passed: null, message: reason } },
    })
    expect(part.stderr).toContain(`! No verdict: ${reason}`)
    expect(part.exitCode).toBe(1)
  })
})
