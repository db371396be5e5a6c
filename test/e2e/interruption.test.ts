import { appendFileSync, existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const waiting = `
import { appendFileSync } from 'node:fs'
import { evalTest } from 'vitest-plugin-evals'

const rows = ['done 1', 'done 2', 'listens', 'deaf', 'queued'].map((id) => ({ id }))
evalTest.each(rows)('waits', async ({ id }, { signal }) => {
  if (id.startsWith('done') || process.env.ANSWERS) return id
  appendFileSync('started', id + '\\n')
  if (id === 'deaf') await new Promise(() => {})
  await new Promise((resolve, reject) => signal.addEventListener('abort', () => {
    appendFileSync('aborted', id + '\\n')
    reject(signal.reason)
  }))
}, { concurrency: 2, scorers: [{ name: 'fine', score: () => true }], thresholds: { fine: 1 } })
if (process.env.HOLDS) evalTest.afterAll(() => new Promise(() => {}))
`

/** Says of each reported test that it was, before anything else can happen. */
const reporter = `
import { appendFileSync } from 'node:fs'
export default class { onTestCaseResult({ name }) { appendFileSync('reported', name + '\\n') } }
`

const many = `
import { setTimeout } from 'node:timers/promises'
import { evalTest } from 'vitest-plugin-evals'

const rows = Array.from({ length: 500 }, (_, index) => ({ id: 'n' + index }))
evalTest.each(rows)('many', async ({ id }) => {
  if (process.env.QUICK) return id
  // The run must not end before it is killed.
  await (id === 'n499' ? new Promise(() => {}) : setTimeout(10))
  return id
}, { concurrency: 10, scorers: [{ name: 'fine', score: () => true }] })
`

/** The lines of a file, none if there is no such file. */
function linesOf(project: EvalProject, path: string): string[] {
  const absolute = join(project.folder, path)
  return existsSync(absolute) ? readFileSync(absolute, 'utf8').split('\n').slice(0, -1) : []
}

/** The record files of the project with their text. */
function recordFiles(project: EvalProject): { path: string; text: string }[] {
  const paths = globSync(join(project.folder, '.evals/experiments/*/records/*.jsonl'))
  return paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

describe.each(vitestMajors)('on Vitest %i', (vitest) => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s lets the run end in order', async (signal, exitCode) => {
    using project = new EvalProject({ vitest, files: { 'i.eval.ts': waiting } })
    using started = project.start({ options: ['--experiment', 'x'] })
    await started.until(() => linesOf(project, 'started').length === 2)
    started.kill(signal)
    const run = await project.resultOf(started)

    expect(run.exitCode).toBe(exitCode)
    expect(linesOf(project, 'aborted')).toEqual(['listens'])
    const outcomes = run.experiment.records.map(({ id, outcome, error }) => [id, [outcome, error?.code]])
    expect(Object.fromEntries(outcomes)).toEqual({
      'done 1': ['scored', undefined],
      'done 2': ['scored', undefined],
      listens: ['cancelled', 'EVALS_SAMPLE_CANCELLED'],
      deaf: ['cancelled', 'EVALS_SAMPLE_CANCELLED'],
    })
    expect(recordFiles(project).every(({ text }) => text.endsWith('}\n'))).toBe(true)
    expect(run.experiment.document).toMatchObject({
      status: 'interrupted',
      runs: [{ ended: 'interrupted', endedAt: expect.any(String) }],
      evals: {
        'i.eval.ts > waits': {
          samples: { total: 5, scored: 2, cancelled: 2, missing: 1 },
          scorers: { fine: { n: 2, mean: 1 } },
          verdict: null,
        },
      },
    })
    expect(statesOf(run.tests)).toEqual({
      'i.eval.ts > waits > waits › done 1': 'passed',
      'i.eval.ts > waits > waits › done 2': 'passed',
      'i.eval.ts > waits > waits › listens': 'skipped',
      'i.eval.ts > waits > waits › deaf': 'skipped',
      'i.eval.ts > waits > waits › queued': 'skipped',
      // Vitest 4 gives no state to what it did not start.
      'i.eval.ts > waits > waits › fine mean ≥ 1': vitest === 4 ? 'pending' : 'skipped',
    })
    expect(run.stderr).toContain(
      'Interrupted: what is running is aborted and recorded. Press Ctrl+C again to stop at once.',
    )
    expect(run.stderr).toContain('! i.eval.ts > waits: of 5 samples 2 were cancelled, 1 did not run')
  })

  it('a second Ctrl+C stops at once, and what is recorded stays', async () => {
    using project = new EvalProject({ vitest, files: { 'i.eval.ts': waiting } })
    using started = project.start({ options: ['--experiment', 'x'], env: { HOLDS: '1' } })
    await started.until(() => linesOf(project, 'started').length === 2)
    started.kill('SIGINT')
    await started.until(() => recordFiles(project)[0]?.text.split('\n').length === 5)
    started.kill('SIGINT')
    const stopped = await project.resultOf(started)
    expect(stopped.exitCode).toBe(130)
    expect(stopped.experiment.records.map(({ outcome }) => outcome).toSorted()).toEqual([
      'cancelled',
      'cancelled',
      'scored',
      'scored',
    ])
    expect(stopped.experiment.document).toMatchObject({ status: 'running', runs: [{ id: expect.any(String) }] })

    const next = await project.run({ options: ['--experiment', 'x'], env: { ANSWERS: '1' } })
    expect(next.exitCode).toBe(0)
    expect(next.experiment.records).toHaveLength(4 + 3)
    expect(next.experiment.document).toMatchObject({
      status: 'completed',
      runs: [{}, { ended: 'finished' }],
      evals: { 'i.eval.ts > waits': { samples: { total: 5, scored: 5, cancelled: 0 }, verdict: true } },
    })
    expect(next.experiment.document?.runs[0]).not.toHaveProperty('ended')
  })

  it('a kill loses no record of a test that was reported, and at most its last line is torn', async () => {
    using project = new EvalProject({ vitest, files: { 'm.eval.ts': many, 'reporter.js': reporter } })
    using started = project.start({ options: ['--experiment', 'x'], reporters: ['--reporter=./reporter.js'] })
    await started.until(() => linesOf(project, 'reported').length >= 100)
    started.kill('SIGKILL')
    const killed = await project.resultOf(started)

    const reported = linesOf(project, 'reported')
    const recorded = killed.experiment.records.map(({ id, outcome }) => [`many › ${id}`, outcome])
    expect(recorded.length).toBeLessThan(500)
    expect(new Set(recorded.map(([name]) => name)).size).toBe(recorded.length)
    expect(recorded).toEqual(expect.arrayContaining(reported.map((name) => [name, 'scored'])))
    expect(killed.exitCode).toBeNull()
    expect(killed.experiment.document).toMatchObject({ status: 'running', evals: {} })

    // A kill seldom hits the middle of a write.
    const [file] = recordFiles(project)
    appendFileSync(file!.path, '{"v":1,"run":"20')
    const more = ['--project', 'evals', '-t', '› n[1-9]$']
    const next = await project.run({ args: more, options: ['--experiment', 'x'], env: { QUICK: '1' } })
    expect(next.exitCode).toBe(0)
    expect(next.stderr).toContain(`! ${basename(file!.path)}:${recorded.length + 1}: a torn line`)
    expect(next.experiment.records).toHaveLength(recorded.length + 9)
    expect(next.experiment.document).toMatchObject({
      status: 'partial',
      evals: { 'm.eval.ts > many': { samples: { total: 500, scored: recorded.length, error: 0, cancelled: 0 } } },
    })
  })

  it('the run after a kill counts what the killed one recorded, also of evals that it does not run', async () => {
    const other = `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each([{ id: 'a' }])('other', ({ id }) => id)
`
    const files = { 'm.eval.ts': many, 'other.eval.ts': other, 'reporter.js': reporter }
    using project = new EvalProject({ vitest, files })
    const args = (file: string): string[] => ['--project', 'evals', file]
    using started = project.start({
      args: args('m.eval'),
      options: ['--experiment', 'x'],
      reporters: ['--reporter=./reporter.js'],
    })
    await started.until(() => linesOf(project, 'reported').length >= 50)
    started.kill('SIGKILL')
    const recorded = (await project.resultOf(started)).experiment.records.length

    const next = await project.run({ args: args('other.eval'), options: ['--experiment', 'x'] })
    const many500 = { total: 500, scored: recorded, missing: 500 - recorded }
    expect(next.experiment.document).toMatchObject({
      status: 'partial',
      evals: {
        'm.eval.ts > many': { samples: many500, scorers: { fine: { n: recorded, mean: 1, unscored: 0 } } },
        'other.eval.ts > other': { samples: { total: 1, scored: 1 } },
      },
    })
  })

  it('an eval that was recorded as a whole before a kill has its figures after the next run, which keeps it', async () => {
    using project = new EvalProject({ vitest, files: { 'i.eval.ts': waiting } })
    const options = ['--experiment', 'x']
    using started = project.start({ options, env: { ANSWERS: '1', HOLDS: '1' } })
    await started.until(() => recordFiles(project).flatMap(({ text }) => text.split('\n').slice(0, -1)).length === 5)
    started.kill('SIGKILL')
    await started.ended
    const next = await project.run({ options, env: { ANSWERS: '1' } })
    expect(next.experiment.records).toHaveLength(5)
    expect(next.experiment.document).toMatchObject({
      status: 'completed',
      evals: { 'i.eval.ts > waits': { samples: { total: 5, scored: 5, missing: 0 }, verdict: true } },
    })
  })
})
