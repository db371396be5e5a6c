import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const files = {
  'a.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'
import { appendFileSync } from 'node:fs'
evalTest.each([{ id: 'x' }])('a', ({ id }) => { appendFileSync('calls', '1'); return id })
`,
}

describe.each(vitestMajors)('on Vitest %i', (vitest) => {
  it('an experiment of any name has a folder of its own below `.evals`', async () => {
    using project = new EvalProject({ vitest, files })
    const names = {
      '../up': '..%2Fup',
      '..': '.%2E',
      'a/b': 'a%2Fb',
      'a@b': 'a%40b',
      'A 🙂': '%41%20%F0%9F%99%82',
      ['x'.repeat(300)]: expect.stringMatching(/^x{66}%~[0-9a-f]{32}$/),
      [`${'x'.repeat(300)}y`]: expect.stringMatching(/^x{66}%~[0-9a-f]{32}$/),
    }
    for (const name of Object.keys(names)) {
      const { exitCode } = await project.run({ options: ['--experiment', name] })
      expect([name, exitCode]).toEqual([name, 0])
    }
    const { experiments } = await project.run({ options: ['--experiment', 'a/b'] })
    const stored = Object.entries(experiments).map(([folder, { document }]) => [document?.experiment, folder])
    expect(Object.fromEntries(stored)).toEqual(names)
    expect(new Set(Object.keys(experiments)).size).toBe(7)
    const runs = Object.values(experiments).map(({ document, records }) => [document?.runs.length, records.length])
    expect(runs.filter(([count]) => count === 2)).toEqual([[2, 1]])
  })

  it('a folder that cannot be written fails the run before it calls anything', async () => {
    using project = new EvalProject({ vitest, files })
    project.write({ '.evals/experiments/x/records': 'a file where the folder should be' })
    const noRecords = await project.run({ options: ['--experiment', 'x'] })
    expect(noRecords.stderr).toMatch(/experiments\/x\/records cannot be (read|written): .*choose another/)
    expect(noRecords.exitCode).toBe(1)
    rmSync(join(project.folder, '.evals'), { recursive: true })

    project.write({ '.evals': 'a file where the folder should be' })
    const noFolder = await project.run()
    expect(noFolder.stderr).toMatch(/\.evals\/experiments\/.* cannot be (read|written): .*choose another/)
    expect(noFolder.exitCode).toBe(1)
    expect(existsSync(join(project.folder, 'calls'))).toBe(false)
  })

  it('a record that cannot be written fails its test, and none begins after it', async () => {
    using project = new EvalProject({
      vitest,
      files: {
        'b.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each(['a', 'b', 'c'].map((id) => ({ id })))('b', ({ id }) => id === 'b' ? Buffer.from(id) : id, { concurrency: 1 })
`,
        '.evals/experiments/x/attachments': 'a file where the folder should be',
      },
    })
    const run = await project.run({ options: ['--experiment', 'x'] })
    expect(statesOf(run.tests)).toEqual({
      'b.eval.ts > b > b › a': 'passed',
      'b.eval.ts > b > b › b': 'failed',
      'b.eval.ts > b > b › c': 'skipped',
    })
    expect(run.tests['b.eval.ts > b > b › b']?.failures[0]).toContain('experiments/x/attachments cannot be written')
    expect(run.experiment.records.map(({ id }) => id)).toEqual(['a'])
    expect(run.experiment.document).toMatchObject({
      status: 'partial',
      evals: { 'b.eval.ts > b': { samples: { total: 3, scored: 1, missing: 2 } } },
    })
    expect(run.exitCode).toBe(1)
  })
})
