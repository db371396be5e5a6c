import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'
import type { StartedRun } from './harness/started-run.ts'

const evalFile = (...ids: string[]): string => `
import { evalTest } from 'vitest-plugin-evals'

const rows = ${JSON.stringify(ids.map((id) => ({ id })))}
evalTest.each(rows)('watched', ({ id }) => id + ' of ${ids.length}', { scorers: [{ name: 'fine', score: () => true }], thresholds: { fine: 1 } })
`

/** Ends when the n-th run of a watching process is over. */
async function watching(started: StartedRun, runs: number): Promise<void> {
  await started.until(() => started.stdout.split(/(?:Waiting|Watching) for file changes/).length > runs)
}

const interrupted = `
import { evalTest } from 'vitest-plugin-evals'

evalTest.each([{ id: 'done' }, { id: 'waits' }])('watched', async ({ id }, { signal }) => {
  if (id === 'waits') await new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  return id
})
`

/** Does what Vitest does on Ctrl+C in a terminal: once in the middle of a run, once while nothing runs. */
const ctrlC = `
export default class {
  onInit(vitest) { this.vitest = vitest }
  onTestCaseResult() {
    // A second time, for the sample that the first one ended, would kill the worker.
    if (this.pressed) return
    this.pressed = true
    void this.vitest.cancelCurrentRun('keyboard-input')
  }
  async onWatcherStart() {
    await this.vitest.cancelCurrentRun('keyboard-input')
    process.exitCode = 130
    await this.vitest.exit(true)
  }
}
`

/** Does what Vitest's UI does when tests are started in the middle of a run. */
const startsAgain = `
export default class {
  onInit(vitest) { this.vitest = vitest }
  onTestCaseReady() {
    if (!this.started) this.started = this.vitest.rerunFiles()
  }
}
`

describe.each(vitestMajors)('watch mode on Vitest %i', (vitest) => {
  it('runs a changed file again, into a scratch experiment that each session begins anew', async () => {
    using project = new EvalProject({ vitest, files: { 'w.eval.ts': evalFile('a', 'b') } })
    using first = project.start({ command: 'watch' })
    await watching(first, 1)
    project.write({ 'w.eval.ts': evalFile('a', 'b', 'c') })
    await watching(first, 2)
    first.kill('SIGINT')
    const { exitCode, experiments, stdout, stderr } = await project.resultOf(first)
    expect(exitCode).toBe(130)
    // The task has changed, and all of it ran anew.
    expect(stdout).not.toContain('from before and after')
    expect(Object.keys(experiments)).toEqual(['watch'])
    const { document, records } = experiments['watch']!
    expect(document).toMatchObject({
      experiment: 'watch',
      status: 'completed',
      runs: [
        { ended: 'finished', options: { cache: 'on' } },
        { ended: 'finished', options: { cache: 'on' } },
      ],
      evals: {
        'w.eval.ts > watched': { samples: { total: 3, scored: 3 }, scorers: { fine: { n: 3 } }, verdict: true },
      },
    })
    const outputsOf = (run: number): unknown[] =>
      records.filter((record) => record.run === document?.runs[run]?.id).map(({ output }) => output)
    expect(outputsOf(0)).toEqual(['a of 2', 'b of 2'])
    expect(outputsOf(1)).toEqual(['a of 3', 'b of 3', 'c of 3'])
    expect(stderr.match(/Evals {2}watch · \d samples/g)).toEqual([
      'Evals  watch · 2 samples',
      'Evals  watch · 3 samples',
    ])

    using second = project.start({ command: 'watch', options: ['--cache', 'off'] })
    await watching(second, 1)
    second.kill('SIGTERM')
    const again = await project.resultOf(second)
    expect(again.exitCode).toBe(143)
    expect(again.experiments['watch']?.document?.runs).toMatchObject([{ options: { cache: 'off' } }])
    expect(again.experiments['watch']?.records).toHaveLength(3)
  })

  it('runs an eval again when a file changes that its dataset reads, wherever it is', async () => {
    const reader = (path: string): string => `
import { evalTest } from 'vitest-plugin-evals'
import { defineDataset, fromJsonl } from 'vitest-plugin-evals/datasets'

const dataset = defineDataset({ name: 'rows', load: fromJsonl('${path}') })
evalTest.each(dataset)('reads', ({ id }) => id)
`
    using project = new EvalProject({
      vitest,
      config: `
import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'
export default defineConfig({ root: 'app', plugins: [evals()] })
`,
      files: {
        'app/inside.eval.ts': reader('rows.jsonl'),
        'app/outside.eval.ts': reader('../data/rows.jsonl'),
        'app/rows.jsonl': '{"id":"a"}',
        'data/rows.jsonl': 'no JSON',
      },
    })
    using started = project.start({ command: 'watch', options: ['--storage', 'json://../.evals'] })
    await watching(started, 1)
    project.write({ 'app/rows.jsonl': '{"id":"b"}' })
    await watching(started, 2)
    project.write({ 'data/rows.jsonl': '{"id":"c"}' })
    await watching(started, 3)
    started.kill('SIGINT')
    const { document, records } = (await project.resultOf(started)).experiments['watch']!
    const runs = document?.runs.map(({ id }) => records.filter(({ run }) => run === id).map(({ eval: key }) => key))
    expect(runs).toEqual([['inside.eval.ts > reads'], ['inside.eval.ts > reads'], ['outside.eval.ts > reads']])
    expect(new Set(records.map(({ output }) => output))).toEqual(new Set(['a', 'b', 'c']))
  })

  it('extends an experiment that is named', async () => {
    using project = new EvalProject({ vitest, files: { 'w.eval.ts': evalFile('a') } })
    await project.run({ options: ['--experiment', 'kept'] })
    project.write({ 'w.eval.ts': evalFile('a', 'b') })
    using started = project.start({ command: 'watch', options: ['--experiment', 'kept'] })
    await watching(started, 1)
    started.kill('SIGINT')
    const { experiments } = await project.resultOf(started)
    expect(Object.keys(experiments)).toEqual(['kept'])
    expect(experiments['kept']?.document).toMatchObject({ status: 'completed', runs: [{}, { ended: 'finished' }] })
    expect(experiments['kept']?.document?.runs.map(({ options }) => options)).toEqual([
      { experiment: 'kept' },
      { experiment: 'kept' },
    ])
    // Though the file has changed, what is scored is kept.
    expect(experiments['kept']?.records.map(({ id, output }) => [id, output])).toEqual([
      ['a', 'a of 1'],
      ['b', 'b of 2'],
    ])
  })

  it('begins a run that is asked for during another one when that is over', async () => {
    using project = new EvalProject({ vitest, files: { 'w.eval.ts': evalFile('a'), 'again.js': startsAgain } })
    using started = project.start({ command: 'watch', reporters: ['--reporter=default', '--reporter=./again.js'] })
    await watching(started, 2)
    started.kill('SIGINT')
    const { experiments, stderr } = await project.resultOf(started)
    expect(stderr).not.toContain('in use')
    expect(experiments['watch']?.document?.runs).toMatchObject([{ ended: 'finished' }, { ended: 'finished' }])
    expect(experiments['watch']?.records).toHaveLength(2)
  })

  it('is left by Ctrl+C, whether something runs or not', async () => {
    using project = new EvalProject({ vitest, files: { 'w.eval.ts': interrupted, 'ctrl-c.js': ctrlC } })
    const run = await project.run({ command: 'watch', reporters: ['--reporter=default', '--reporter=./ctrl-c.js'] })
    expect(run.stderr).toBe('')
    expect(run.exitCode).toBe(130)
    const outcomes = run.experiment.records.map(({ id, outcome }) => [id, outcome])
    expect(Object.fromEntries(outcomes)).toEqual({ done: 'scored', waits: 'cancelled' })
    expect(run.experiments['watch']?.document).toMatchObject({
      status: 'interrupted',
      runs: [{ ended: 'interrupted' }],
    })
  })
})
