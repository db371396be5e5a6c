import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const source = `
import { describe } from 'vitest'
import { evalTest } from 'vitest-plugin-evals'

const rows = [{ id: 'a' }, { id: 'b' }]
const task = ({ id }) => id
const options = { scorers: [{ name: 'fine', kind: 'binary', score: () => true }], thresholds: { fine: 1 } }

evalTest.extend('broken', () => { throw new Error('fixture broke') })
  .each(rows)('test fixture', ({ id }, { broken }) => id, options)
evalTest.extend('broken', { scope: 'worker' }, async () => { throw new Error('worker fixture broke') })
  .each(rows)('worker fixture', ({ id }, { broken }) => id, options)
evalTest.variants({ model: { good: 1, bad: () => { throw new Error('variant broke') } } })
  .each(rows)('variant', ({ id }, { model }) => id, options)

// Vitest wants fixtures of a worker at the top of the file.
const varied = evalTest.variants({ model: { one: 1, two: 2 } })
describe('before each', () => {
  evalTest.beforeEach(({ task }) => { if (task.name.endsWith('b')) throw new Error('beforeEach broke') })
  evalTest.each(rows)('eval', task, options)
})
describe('before all', () => {
  evalTest.beforeAll(() => { throw new Error('beforeAll broke') })
  evalTest.each(rows)('eval', task, options)
  varied.each(rows)('varied', task, options)
})
describe('after each', () => {
  evalTest.afterEach(({ task }) => { if (task.name.endsWith('b')) throw new Error('afterEach broke') })
  evalTest.each(rows)('eval', task, options)
})
evalTest.each(rows)('untouched', task, options)
`

describe.each(vitestMajors)('what fails before the task on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 'f.eval.ts': source } })
  })

  it('gives each sample an error record', () => {
    const outcomes = run.experiment.records.map(({ eval: key, variant, id, outcome, error }) => [
      [...key.split(' > ').slice(1), ...Object.values(variant), id].join(' > '),
      error === undefined ? outcome : `${outcome}: ${error.code} ${error.message.split(': ').at(-1)}`,
    ])
    expect(outcomes).toHaveLength(2 + 2 + 4 + 2 + 6 + 2 + 2)
    expect(Object.fromEntries(outcomes)).toEqual({
      'test fixture > a': 'error: EVALS_SETUP_FAILED fixture broke',
      'test fixture > b': 'error: EVALS_SETUP_FAILED fixture broke',
      'worker fixture > a': 'error: EVALS_SETUP_FAILED worker fixture broke',
      'worker fixture > b': 'error: EVALS_SETUP_FAILED worker fixture broke',
      'variant > good > a': 'scored',
      'variant > good > b': 'scored',
      'variant > bad > a': 'error: EVALS_SETUP_FAILED variant broke',
      'variant > bad > b': 'error: EVALS_SETUP_FAILED variant broke',
      'before each > eval > a': 'scored',
      'before each > eval > b': 'error: EVALS_SETUP_FAILED beforeEach broke',
      'before all > eval > a': 'error: EVALS_SETUP_FAILED beforeAll broke',
      'before all > eval > b': 'error: EVALS_SETUP_FAILED beforeAll broke',
      'before all > varied > one > a': 'error: EVALS_SETUP_FAILED beforeAll broke',
      'before all > varied > one > b': 'error: EVALS_SETUP_FAILED beforeAll broke',
      'before all > varied > two > a': 'error: EVALS_SETUP_FAILED beforeAll broke',
      'before all > varied > two > b': 'error: EVALS_SETUP_FAILED beforeAll broke',
      'after each > eval > a': 'scored',
      'after each > eval > b': 'scored',
      'untouched > a': 'scored',
      'untouched > b': 'scored',
    })
  })

  it('fails the run and those tests that Vitest could start', () => {
    const failed = Object.entries(statesOf(run.tests)).filter(([, state]) => state === 'failed')
    const samples = failed.map(([name]) => name.split(' > ').slice(1).join(' > ')).filter((name) => !name.includes('≥'))
    expect(samples.toSorted()).toEqual([
      'after each > eval > eval › b',
      'before each > eval > eval › b',
      'test fixture > test fixture › a',
      'test fixture > test fixture › b',
      'variant > model=bad > variant › a',
      'variant > model=bad > variant › b',
      'worker fixture > worker fixture › a',
      'worker fixture > worker fixture › b',
    ])
    expect(run.exitCode).toBe(1)
  })

  it('is counted as errors in experiment.json', () => {
    const { evals = {}, status } = run.experiment.document ?? {}
    const errors = Object.entries(evals).map(([key, { samples }]) => [
      key.slice('f.eval.ts > '.length),
      [samples.total, samples.scored, samples.error, samples.missing],
    ])
    expect(status).toBe('completed-with-errors')
    expect(Object.fromEntries(errors)).toEqual({
      'test fixture': [2, 0, 2, 0],
      'worker fixture': [2, 0, 2, 0],
      'variant [model=good]': [2, 2, 0, 0],
      'variant [model=bad]': [2, 0, 2, 0],
      'before each > eval': [2, 1, 1, 0],
      'before all > eval': [2, 0, 2, 0],
      'before all > varied [model=one]': [2, 0, 2, 0],
      'before all > varied [model=two]': [2, 0, 2, 0],
      'after each > eval': [2, 2, 0, 0],
      untouched: [2, 2, 0, 0],
    })
  })
})
