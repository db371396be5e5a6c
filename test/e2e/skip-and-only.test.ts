import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const skips = `
import { evalTest } from 'vitest-plugin-evals'

const rows = [{ id: 'a' }, { id: 'b', flaky: true }, { id: 'c' }]
const task = ({ id }) => id
const options = { scorers: [{ name: 'fine', kind: 'binary', score: () => true }], thresholds: { fine: 1 } }
const never = () => { throw new Error('a skipped eval read its dataset') }

evalTest.skip.each(never)('skipped', task, options)
evalTest.skip('skipped single', task)
evalTest.skipIf(true).each(never)('skipped if', task, options)
evalTest.skipIf(false).each(rows)('not skipped', task, options)
evalTest.runIf(0).each(never)('not run', task, options)
evalTest.runIf(1).each(rows)('run', task, options)
evalTest.extend('word', () => 'hello').skip.each(never)('skipped with a fixture', (row, { word }) => word)
evalTest.each(rows)('rows', task, { ...options, skip: (row) => row.flaky === true })
`

const onlyEval = `
import { evalTest } from 'vitest-plugin-evals'
const rows = [{ id: 'a' }, { id: 'b' }]
evalTest.only.each(rows)('chosen', ({ id }) => id)
evalTest.each(rows)('other', ({ id }) => id, { scorers: [{ name: 'fine', score: () => 1 }], thresholds: { fine: 1 } })
`

const onlyRow = `
import { evalTest } from 'vitest-plugin-evals'
const rows = [{ id: 'a' }, { id: 'b', chosen: true }, { id: 'c', chosen: false }]
const options = { scorers: [{ name: 'fine', score: () => 1 }], thresholds: { fine: 1 }, only: (row) => row.chosen === true }
evalTest.each(rows)('rows', ({ id }) => id, options)
`

function recorded(run: EvalRun): string[] {
  return run.experiment.records.map((record) => `${record.eval.split(' > ')[1]} ${record.id}`).toSorted()
}

describe.each(vitestMajors)('on Vitest %i', (vitest) => {
  it('skipped evals and rows show as skipped, read nothing and record nothing', async () => {
    const run = await runEvals({ vitest, files: { 's.eval.ts': skips } })
    const states = Object.entries(statesOf(run.tests)).map(([name, state]) => [name.split(' > ').at(-1), state])
    expect(Object.fromEntries(states)).toEqual({
      'skipped › all samples': 'skipped',
      'skipped single › all samples': 'skipped',
      'skipped if › all samples': 'skipped',
      'not skipped › a': 'passed',
      'not skipped › b': 'passed',
      'not skipped › c': 'passed',
      'not skipped › fine mean ≥ 1': 'passed',
      'not run › all samples': 'skipped',
      'run › a': 'passed',
      'run › b': 'passed',
      'run › c': 'passed',
      'run › fine mean ≥ 1': 'passed',
      'skipped with a fixture › all samples': 'skipped',
      'rows › a': 'passed',
      'rows › b': 'skipped',
      'rows › c': 'passed',
      'rows › fine mean ≥ 1': 'passed',
    })
    expect(recorded(run)).toEqual([
      'not skipped a',
      'not skipped b',
      'not skipped c',
      'rows a',
      'rows c',
      'run a',
      'run b',
      'run c',
    ])
    const { evals = {}, status } = run.experiment.document ?? {}
    expect(Object.keys(evals)).toEqual(['s.eval.ts > not skipped', 's.eval.ts > run', 's.eval.ts > rows'])
    expect(evals['s.eval.ts > rows']?.samples).toMatchObject({ total: 2, scored: 2, missing: 0 })
    expect(status).toBe('completed')
    expect(run.exitCode).toBe(0)
  })

  it('`.only` of an eval leaves the others of the file out', async () => {
    const run = await runEvals({ vitest, files: { 'o.eval.ts': onlyEval } })
    expect(recorded(run)).toEqual(['chosen a', 'chosen b'])
    expect(statesOf(run.tests)).toMatchObject({
      'o.eval.ts > chosen > chosen › a': 'passed',
      'o.eval.ts > other > other › a': 'skipped',
      'o.eval.ts > other > other › fine mean ≥ 1': 'skipped',
    })
    expect(run.experiment.document?.status).toBe('partial')
    expect(run.exitCode).toBe(0)
  })

  it('`only` of a row leaves the other rows out, and the threshold is not judged', async () => {
    const run = await runEvals({ vitest, files: { 'r.eval.ts': onlyRow } })
    expect(recorded(run)).toEqual(['rows b'])
    expect(statesOf(run.tests)).toEqual({
      'r.eval.ts > rows > rows › a': 'skipped',
      'r.eval.ts > rows > rows › b': 'passed',
      'r.eval.ts > rows > rows › c': 'skipped',
      'r.eval.ts > rows > rows › fine mean ≥ 1': 'skipped',
    })
    expect(run.experiment.document?.status).toBe('partial')
    expect(run.exitCode).toBe(0)
  })
})
