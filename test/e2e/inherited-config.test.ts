import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, runEvals, type EvalRun } from './harness/run-evals.ts'

const config = `
import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'

export default defineConfig({
  plugins: [evals(), {
    name: 'capitals',
    resolveId: (id) => id === 'virtual:capitals' ? id : undefined,
    load: (id) => id === 'virtual:capitals' ? 'export default ["Paris"]' : undefined,
  }],
  resolve: { alias: { '@app': '/src/app' } },
  define: { __VERSION__: '"1.2.3"' },
  test: {
    alias: { '#own': '/src/own.ts' },
    env: { FROM_CONFIG: 'yes' },
    setupFiles: ['./broken-setup.ts'],
    globalSetup: ['./broken-setup.ts'],
    globals: true,
    retry: 3,
    environment: './broken-setup.ts',
    testTimeout: 20,
    hookTimeout: 20,
    fakeTimers: { toFake: ['Date'] },
    maxConcurrency: 1,
    fileParallelism: false,
    pool: 'vmThreads',
    isolate: true,
    sequence: { shuffle: true, concurrent: false },
    dir: 'unit',
    expect: { requireAssertions: true },
    typecheck: { enabled: true, include: ['**/*.test-d.ts'] },
    include: ['unit/**'],
    exclude: ['**/left-out/**'],
  },
})
`

const files = {
  'broken-setup.ts': `throw new Error('a set-up file of the unit tests ran')`,
  'src/app/greet.ts': `export const greet = (name: string): string => 'hello ' + name`,
  'src/own.ts': `export const own = 'own alias'`,
  'broken.test-d.ts': `test('types of the unit tests', () => { const one: string = 1 })`,
  'unit/a.test.ts': `test('unit', () => {})`,
  '.env': 'FROM_DOT_ENV=yes\nSET_ALREADY=no\n',
  '.evals/x.eval.ts': `throw new Error('a file among the records ran')`,
  'left-out/x.eval.ts': `throw new Error('an excluded file ran')`,
  'main.eval.ts': `
import { greet } from '@app/greet'
import { own } from '#own'
import capitals from 'virtual:capitals'
import { evalTest } from 'vitest-plugin-evals'

declare const __VERSION__: string
let tries = 0
const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }))

evalTest.beforeAll(() => new Promise((resolve) => setTimeout(resolve, 60)))
evalTest.each([{ id: 'a' }])('inherited', () => {
  const { FROM_CONFIG, FROM_DOT_ENV, SET_ALREADY } = process.env
  return [greet('you'), own, capitals, __VERSION__, FROM_CONFIG, FROM_DOT_ENV, SET_ALREADY, import.meta.env.FROM_CONFIG]
})
evalTest.each([{ id: 'a' }])('reset', async () => {
  await new Promise((resolve) => setTimeout(resolve, 60))
  return [typeof globalThis.test, typeof globalThis.window, typeof globalThis.expect]
})
evalTest.each([{ id: 'a' }])('not retried', () => { throw new Error('try ' + ++tries) })
evalTest.each(rows)('in order', ({ id }) => id, { concurrency: 1 })
`,
}

describe.each(vitestMajors)("the user's configuration on Vitest %i", (vitest) => {
  it('is inherited as far as it concerns the code, not the unit tests', async () => {
    const run = await runEvals({ vitest, files, config, env: { SET_ALREADY: 'before' } })
    const outputs = run.experiment.records.map(({ eval: key, output, error }) => [
      key.slice(15),
      output ?? error?.message,
    ])
    expect(Object.keys(run.tests)).toHaveLength(7)
    expect(Object.fromEntries(outputs)).toMatchObject({
      inherited: ['hello you', 'own alias', ['Paris'], '1.2.3', 'yes', 'yes', 'before', 'yes'],
      reset: ['undefined', 'undefined', 'undefined'],
      'not retried': 'try 1',
    })
    expect(outputs.filter(([name]) => name === 'in order').map(([, id]) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(run.stderr).toContain('`retry` and `repeats` are off for evals')
    expect(run.exitCode).toBe(1)
  })

  it('has its global set-up run once for the unit tests, and not for evals alone', async () => {
    using project = new EvalProject({
      vitest,
      config: `
import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'
export default defineConfig({ plugins: [evals()], test: { globalSetup: './setup.ts' } })
`,
      files: {
        'setup.ts': `export const setup = (project) => { console.log('global set-up ran'); project.provide('port', 80) }`,
        'unit.test.ts': `import { expect, inject, test } from 'vitest'; test('unit', () => { expect(inject('port')).toBe(80) })`,
        'a.eval.ts': `import { evalTest } from 'vitest-plugin-evals'; evalTest('a', () => 1)`,
      },
    })
    const timesRun = ({ stdout }: EvalRun): number => stdout.split('global set-up ran').length - 1
    const alone = await project.run()
    expect([alone.exitCode, Object.keys(alone.tests).length, timesRun(alone)]).toEqual([0, 1, 0])
    const both = await project.run({ args: [], env: { EVALS: '1' } })
    expect([both.exitCode, Object.keys(both.tests).length, timesRun(both)]).toEqual([0, 2, 1])
    const unit = await project.run({ args: [] })
    expect([unit.exitCode, Object.keys(unit.tests).length, timesRun(unit)]).toEqual([0, 1, 1])
  })

  it('says how many workers there are, of which evals have four without', async () => {
    const source = `
import { threadId } from 'node:worker_threads'
import { evalTest } from 'vitest-plugin-evals'

evalTest('worker', () => threadId)
`
    const names = ['a', 'b', 'c', 'd', 'e']
    using project = new EvalProject({ vitest, files: Object.fromEntries(names.map((n) => [`${n}.eval.ts`, source])) })
    const workers = async (...args: string[]): Promise<number> => {
      const { experiment } = await project.run({ args: ['--project', 'evals', ...args] })
      return new Set(experiment.records.map(({ output }) => output)).size
    }
    expect(await workers()).toBe(4)
    project.write({
      'vitest.config.ts': `${config.split('export')[0]}
export default defineConfig({ plugins: [evals()], test: { maxWorkers: 2 } })`,
    })
    expect(await workers()).toBe(2)
    expect(await workers('--maxWorkers=3')).toBe(3)
    expect(await workers('--no-file-parallelism')).toBe(1)
  })
})
