import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, type EvalRun, type RunOptions } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const files = {
  'unit.test.ts': `
import { expect, test } from 'vitest'
test('unit', () => { expect(1).toBe(1) })
`,
  'src/a.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each([{ id: 'x' }])('a', ({ id }) => id)
`,
  'src/b.eval.mts': `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each([{ id: 'x' }])('b', ({ id }) => id)
`,
}

const head = `
import { defineConfig } from 'vitest/config'
import { evals, evalsProject } from 'vitest-plugin-evals/config'
`
const plain = `${head}export default defineConfig({ plugins: [evals()] })`
const withProjects = `${head}export default defineConfig({
  plugins: [evals()],
  test: { projects: [{ extends: true, test: { name: 'unit', include: ['*.test.ts'] } }] },
})`
const listed = `${head}export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['*.test.ts'] } },
      evalsProject(),
      evalsProject({ name: 'nightly', include: ['src/b.*'], epochs: 2 }),
    ],
  },
})`

const unit = { 'unit.test.ts > unit': 'passed' }
const a = { 'src/a.eval.ts > a > a › x': 'passed' }
const b = { 'src/b.eval.mts > b > b › x': 'passed' }

describe.each(vitestMajors)('evals on Vitest %i are collected', (vitest) => {
  /** The tests of each run, and that it was green. */
  async function statesOfRuns(config: string, runs: readonly RunOptions[]): Promise<Record<string, string>[]> {
    using project = new EvalProject({ vitest, files, config })
    const states: Record<string, string>[] = []
    for (const options of runs) {
      const run = await project.run(options)
      states.push(statesOf(run.tests))
      expect([options, run.exitCode]).toEqual([options, 0])
    }
    return states
  }

  it('only when asked for', async () => {
    const [nothing, byName, byGlob, byFile, byVariable, switchedOff] = await statesOfRuns(plain, [
      { args: [] },
      { args: ['--project', 'evals'] },
      { args: ['--project=ev*'] },
      { args: ['src/b.eval.mts'] },
      { args: [], env: { EVALS: '1' } },
      { args: [], env: { EVALS: '0' } },
    ])
    expect(nothing).toEqual(unit)
    expect(byName).toEqual({ ...a, ...b })
    expect(byGlob).toEqual({ ...a, ...b })
    expect(byFile).toEqual(b)
    expect(byVariable).toEqual({ ...unit, ...a, ...b })
    expect(switchedOff).toEqual(unit)
  })

  it('beside the projects of the user', async () => {
    const [nothing, byName, other, byFile, byVariable] = await statesOfRuns(withProjects, [
      { args: [] },
      { args: ['--project', 'evals'] },
      { args: ['--project', 'unit'] },
      { args: ['src/a'], env: { EVALS: '1' } },
      { args: [], env: { EVALS: 'true' } },
    ])
    expect(nothing).toEqual(unit)
    expect(byName).toEqual({ ...a, ...b })
    expect(other).toEqual(unit)
    expect(byFile).toEqual(a)
    expect(byVariable).toEqual({ ...unit, ...a, ...b })
  })

  it('by `evalsProject()` under its own name, with its own files and options', async () => {
    using project = new EvalProject({ vitest, files, config: listed })
    const run = (options: RunOptions): Promise<EvalRun> => project.run(options)

    expect(statesOf((await run({ args: [] })).tests)).toEqual(unit)
    const nightly = await run({ args: ['--project', 'nightly'], options: ['--experiment', 'n'] })
    expect(statesOf(nightly.tests)).toEqual({ ...b, 'src/b.eval.mts > b > b › x #2': 'passed' })
    expect(Object.keys(nightly.experiments['n']?.document?.evals ?? {})).toEqual(['nightly:src/b.eval.mts > b'])

    const both = await run({ args: ['--project', 'evals', '--project', 'nightly'], options: ['--experiment', 'both'] })
    expect(both.exitCode).toBe(0)
    const { document, records } = both.experiments['both']!
    expect(Object.keys(document?.evals ?? {}).toSorted()).toEqual([
      'nightly:src/b.eval.mts > b',
      'src/a.eval.ts > a',
      'src/b.eval.mts > b',
    ])
    expect(records).toHaveLength(4)
  })

  it('never as a unit test, and a file outside of an eval project says so', async () => {
    const config = `${head}export default defineConfig({ test: { include: ['src/a.eval.ts'] } })`
    using project = new EvalProject({ vitest, files, config })
    const run = await project.run({ args: [] })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('No eval project runs this eval file. Add `plugins: [evals()]`')
  })
})

it("share the root's Vite server where Vitest can share it: a second one starts slowly", async () => {
  const config = `${head}
const tellServers = {
  name: 'tell-servers',
  configureVitest: ({ vitest: { projects, vite } }) =>
    console.log('own servers: ' + projects.filter((project) => project.vite !== vite).length),
}
export default defineConfig({ plugins: [evals(), tellServers] })`
  using project = new EvalProject({ vitest: 5, files, config })
  expect((await project.run({ args: ['--project', 'evals'] })).stdout).toContain('own servers: 0')
  expect((await project.run({ args: [], env: { EVALS: '1' } })).stdout).toContain('own servers: 0')
})
