import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'

const forms = `
import { evalTest } from 'vitest-plugin-evals'

const test = evalTest
  .extend('model', { scope: 'worker' }, async () => ({ name: 'mini', options: { sizes: [1, 2] } }))
  .extend('prompt', () => 'Q: ')
  .extend('unused', () => { throw new Error('never set up') })
const rows = [{ id: 'a', question: 'why, {x} => (y)?' }]
const expected = 'mini'

test.each(rows)('arrow', (row, { model }) => model.name)
test.each(rows)('async arrow', async (row, { model }) => model.name)
test.each(rows)('without parentheses', row => row.id)
test.each(rows)('no parameters', () => 'nothing')
test.each(rows)('row only', ({ question }) => question)
test.each(rows)('async function', async function (row, { model }) { return model.name })
test.each(rows)('named function', function answer({ question = '}, {' }, { model, prompt }) { return prompt + model.name })
const methods = { async answer(row, { prompt }) { return prompt }, 'quoted name'(row, { prompt }) { return prompt } }
test.each(rows)('method', methods.answer)
test.each(rows)('quoted method', methods['quoted name'])
test.each(rows)('renamed', (row, { model: llm }) => llm.name)
test.each(rows)('nested', (row, { model: { name, options: { sizes: [, second] } } }) => name + second)
test.each(rows)('nested row', ({ question: { length }, id = ')' }, { model: { name = '{ x }' } }) => name + length)
test.each(rows)('default', (row, { prompt = '} => {', missing = 'none' }) => prompt + missing)
test.each(rows)('default of all', (row, { prompt } = {}) => prompt)
test.each(rows)('quoted key', (row, { 'prompt': text }) => text)
test.each(rows)('context too', (row, { prompt, sample, expect, task, signal }) => {
  expect(task.name).toContain(sample.id)
  return [prompt, sample.id, sample.input.question, signal instanceof AbortSignal]
})
test.each(rows)('comments', (row /* , { model } */, { /* model, */ prompt } // , x
) => prompt)
test.each(rows)('identifier', (row, context) => [typeof context.signal.aborted, context.sample.id])
test.each(rows)('bound', (function (row) { return row.id }).bind(null))
test.each(rows)('unnamed', (row, context) => context.model.name)
test.each(rows)('unnamed rest', (row, { prompt, ...others }) => [prompt, 'model' in others])
test.each(rows)('computed', (row, { ['mod' + 'el']: model }) => model.name)
`

const scopes = `
import { describe } from 'vitest'
import { evalTest } from 'vitest-plugin-evals'

const events = (globalThis.events ??= [])
const test = evalTest
  .extend('perWorker', { scope: 'worker' }, ({}, { onCleanup }) => { events.push('worker'); return { n: 0 } })
  .extend('perFile', { scope: 'file' }, ({ perWorker }) => { events.push('file'); return { n: 0, perWorker } })
  .extend('perTest', async ({ perFile, task }, { onCleanup }) => {
    events.push('test')
    onCleanup(() => { events.push('cleanup ' + task.name) })
    return { perFile }
  })
  .extend({ classic: async ({ perFile }, use) => { await use('classic ' + typeof perFile); events.push('classic done') }, fixed: 5 })

test.each([{ id: 'a' }, { id: 'b' }])('counted', ({ id }, { perTest: { perFile } }) => {
  perFile.n += 1
  perFile.perWorker.n += 1
  return [perFile.n, perFile.perWorker.n]
}, { epochs: 2, concurrency: 1 })
test.each([{ id: 'a' }])('object form', (row, { classic, fixed }) => [classic, fixed])
describe('hooks', () => {
  test.beforeEach(({ perTest }) => { events.push('beforeEach ' + typeof perTest) })
  test.each([{ id: 'a' }])('last', () => [...events])
})
`

/** The outputs by eval; an error's code where there is none. */
function outputsOf(run: EvalRun): Record<string, unknown> {
  const outputs = run.experiment.records.map(({ eval: key, output, error }) => [
    key.split(' > ')[1],
    error?.code ?? output,
  ])
  return Object.fromEntries(outputs) as Record<string, unknown>
}

describe.each(vitestMajors)('fixtures on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 'forms.eval.ts': forms } })
  })

  it('are found in whatever form a task is written', () => {
    expect(outputsOf(run)).toEqual({
      arrow: 'mini',
      'async arrow': 'mini',
      'without parentheses': 'a',
      'no parameters': 'nothing',
      'row only': 'why, {x} => (y)?',
      'async function': 'mini',
      'named function': 'Q: mini',
      method: 'Q: ',
      'quoted method': 'Q: ',
      renamed: 'mini',
      nested: 'mini2',
      'nested row': 'mini16',
      default: 'Q: none',
      'default of all': 'Q: ',
      'quoted key': 'Q: ',
      'context too': ['Q: ', 'a', 'why, {x} => (y)?', true],
      comments: 'Q: ',
      identifier: ['boolean', 'a'],
      bound: 'a',
      unnamed: 'EVALS_FIXTURE_NOT_NAMED',
      'unnamed rest': ['Q: ', false],
    })
    const failed = Object.entries(run.tests).filter(([, { state }]) => state !== 'passed')
    expect(failed.map(([name]) => name)).toEqual([
      'forms.eval.ts > unnamed > unnamed › a',
      'forms.eval.ts > computed > computed › declaration',
    ])
  })

  it('that cannot be found are an error that says how to write the task', () => {
    const [unnamed] = run.tests['forms.eval.ts > unnamed > unnamed › a']?.failures ?? []
    expect(unnamed).toContain('The fixture "model" is not set up')
    expect(unnamed).toContain('(row, { model }) => …')
    const [computed] = run.tests['forms.eval.ts > computed > computed › declaration']?.failures ?? []
    expect(computed).toContain('the second parameter has a computed key')
  })

  it('keep their scopes, and take each other', async () => {
    const scoped = await runEvals({ vitest, files: { 'scopes.eval.ts': scopes } })
    const { records } = scoped.experiment
    const of = (key: string): unknown[] =>
      records.filter((record) => record.eval === `scopes.eval.ts > ${key}`).map(({ output }) => output)
    expect(of('counted')).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ])
    expect(of('object form')).toEqual([['classic object', 5]])
    const [events] = of('hooks > last') as string[][]
    expect(events?.filter((event) => event === 'worker' || event === 'file')).toEqual(['worker', 'file'])
    expect(events?.filter((event) => event.startsWith('cleanup counted'))).toHaveLength(4)
    expect(events).toContain('classic done')
    expect(events?.at(-1)).toBe('beforeEach object')
    expect(scoped.exitCode).toBe(0)
  })
})
