import { stripTypeScriptTypes } from 'node:module'
import { describe, expect, test } from 'vitest'
import { showFixtures, taskFixtures } from './task-fixtures.ts'

type AnyTask = (...parameters: never[]) => unknown

/** The function that source text is, so that no compiler changes its shape first. */
function taskOf(source: string): AnyTask {
  // oxlint-disable-next-line no-implied-eval, no-new-func -- the sources below
  return (new Function(`return (${source})`) as () => AnyTask)()
}

describe('the fixtures a task names', () => {
  test.for<[string, string[]]>([
    ['(row, { model }) => model', ['model']],
    ['async (row, { model, judge }) => model', ['model', 'judge']],
    ['async ({ question }, { model: { generate }, sample }) => 1', ['model', 'sample']],
    ['({ a, b }, { model: m = 1, ...rest }) => 1', ['model']],
    ['(row = { a: 1 }, { model } = {}) => model', ['model']],
    ["(row, { 'my model': m, $x, _y }) => 1", ['my model', '$x', '_y']],
    ['(row, {}) => 1', []],
    ['(row) => 1', []],
    ['row => 1', []],
    ['async row => 1', []],
    ['async => 1', []],
    ['async (row, {model,\n  judge,\n}) => model', ['model', 'judge']],
    ['({ question }, { model }) => (second, { judge }) => 1', ['model']],
    ['(row = ({}, { judge }) => 1, { model }) => 1', ['model']],
    ['() => 1', []],
    ['function (row, { model }) { return model }', ['model']],
    ['async function named(row, { model }) { await model }', ['model']],
    ['function* (row, { model }) { yield model }', ['model']],
    ['(row, /* { no } */ { model }) => "{ no }"', ['model']],
    ['(row, { model }) => `[native code] ${model}`', ['model']],
    ['(row, { model }) => { function f() { [native, code] } return "{ [native code] }x" }', ['model']],
    ['([a, { b }], { model }) => 1', ['model']],
    ['(row, { model },) => 1', ['model']],
    ['(row, { model }, third) => 1', ['model']],
    ['(row, { async, get, static: s }) => 1', ['async', 'get', 'static']],
    ['(row, { model }) => ({ model })', ['model']],
  ])('%s', ([source, names]) => {
    expect(taskFixtures(taskOf(source))).toEqual({ names, destructured: true })
  })

  test.for<[string, string]>([
    ['{ run(row, { model }) {} }', 'run'],
    ['{ async run(row, { model }) { await model } }', 'run'],
    ['{ *run(row, { model }) {} }', 'run'],
    ['{ "a b"(row, { model }) {} }', 'a b'],
    ['{ ["a" + "b"](row, { model }) {} }', 'ab'],
    ['{ async(row, { model }) {} }', 'async'],
    ['{ get(row, { model }) {} }', 'get'],
    ['{ run: (row, { model }) => 1 }', 'run'],
    ['new (class { run(row, { model }) { return this } })()', 'run'],
    ['class { static run(row, { model }) {} }', 'run'],
    ['class { static async run(row, { model }) {} }', 'run'],
    ['new (class { run = async (row, { model }) => 1 })()', 'run'],
    ['new (class { #run(row, { model }) {} get run() { return this.#run } })()', 'run'],
    ['{ __proto__: { run() {} }, run(row, { model }) { super.run() } }', 'run'],
  ])('a method: %s', ([source, name]) => {
    const holder = taskOf(source) as unknown as Record<string, AnyTask>
    expect(taskFixtures(holder[name]!)).toEqual({ names: ['model'], destructured: true })
  })

  test('of TypeScript, once its types are gone', () => {
    const source =
      'async <R extends object>(row: R, { model, judge = 1 as number }: { model: string; judge?: number }): Promise<string> => model!'
    for (const mode of ['strip', 'transform'] as const) {
      const compiled = stripTypeScriptTypes(`const task = ${source}`, { mode })
        .replace('const task = ', '')
        .replace(/;\s*$/, '')
      expect(taskFixtures(taskOf(compiled)).names).toEqual(['model', 'judge'])
    }
    // As this very file was compiled.
    const typed = async (_row: object, { model }: { model: string }, _third?: number): Promise<string> =>
      model satisfies string
    expect(taskFixtures(typed).names).toEqual(['model'])
  })

  test('none of a bound or built-in function, which shows no source', () => {
    expect(taskFixtures(taskOf('(row, { model }) => model').bind(null))).toEqual({ names: [], destructured: true })
    expect(taskFixtures(Math.max)).toEqual({ names: [], destructured: true })
  })
})

test.for([
  '(row, context) => context.model',
  '(row, ...rest) => 1',
  '(...all) => 1',
  '(row, context = {}) => 1',
  '(row, [first]) => 1',
])('%s names none, since its context is not destructured', (source) => {
  expect(taskFixtures(taskOf(source))).toEqual({ names: [], destructured: source === '(...all) => 1' })
})

test('a computed key cannot be known', () => {
  expect(() => taskFixtures(taskOf('(row, { [String(row)]: model }) => model'))).toThrow(
    expect.objectContaining({ code: 'EVALS_TASK_UNREADABLE', message: expect.stringContaining('computed key') }),
  )
})

test('a class is no task', () => {
  expect(() => taskFixtures(taskOf('class Task {}'))).toThrow(
    expect.objectContaining({ code: 'EVALS_TASK_UNREADABLE' }),
  )
})

test('showFixtures shows Vitest just these', () => {
  const shown = showFixtures(['model', 'my model', '$x'])(() => 1)
  expect(String(shown)).toBe('({ model, "my model", $x }) => {}')
  expect(shown()).toBe(1)
  expect(String(showFixtures([])(() => 1))).toBe('({  }) => {}')
})
