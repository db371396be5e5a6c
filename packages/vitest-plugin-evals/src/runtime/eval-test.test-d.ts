// Checked by `tsc` alone: nothing here runs. A line that has to be an error says so with @ts-expect-error.
import {
  createModelResponse,
  type Dataset,
  type LanguageModel,
  type ModelResponse,
  type Sample,
  type Scorer,
  type ScorerInput,
} from '@evals/core'
import { fromJsonl } from '@evals/core/datasets'
import { max, passAt } from '@evals/core/reducers'
import { exactMatch, levenshtein } from '@evals/core/scorers'
import { expectTypeOf } from 'vitest'
import { evalTest } from './eval-test.ts'

interface Row {
  readonly question: string
  readonly answer: number
}
declare const rows: Row[]
declare const labelled: { question: string; expected: string }[]
declare const optional: { input: string; expected?: number }[]
declare const model: LanguageModel
declare const response: ModelResponse

// The dataset's rows are the task's first parameter.
evalTest.each(rows)('array', (row) => expectTypeOf(row).toEqualTypeOf<Row>())
evalTest.each(new Set(rows))('iterable', (row) => expectTypeOf(row).toEqualTypeOf<Row>())
evalTest.each(async function* read() {
  yield* rows
})('generator', (row) => expectTypeOf(row).toEqualTypeOf<Row>())
evalTest.each(async () => rows)('function', (row) => expectTypeOf(row).toEqualTypeOf<Row>())
evalTest.each(fromJsonl<Row>('rows.jsonl'))('file', (row) => expectTypeOf(row).toEqualTypeOf<Row>())
evalTest.each(['a', 'b'])('texts', (row) => expectTypeOf(row).toEqualTypeOf<string>())
evalTest.each([{ q: 1 }] as const)('const', (row) => expectTypeOf(row.q).toEqualTypeOf<1>())
evalTest.each<Row>([])('given', (row) => expectTypeOf(row).toEqualTypeOf<Row>())
declare const dataset: Dataset<Row>
evalTest.each(dataset)('dataset', ({ question }, { sample, signal }) => {
  expectTypeOf(question).toEqualTypeOf<string>()
  expectTypeOf(sample).toEqualTypeOf<Sample<Row>>()
  expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
})
// @ts-expect-error -- a number is no dataset
evalTest.each(5)
// @ts-expect-error -- the row has no such column
evalTest.each(rows)('unknown column', ({ questions }) => String(questions))

// The second parameter is Vitest's context with ours on top.
evalTest.each(rows)('context', (_row, context) => {
  expectTypeOf(context.score).parameters.toExtend<[string, unknown]>()
  expectTypeOf(context.expect).toBeFunction()
  expectTypeOf(context.epoch).toEqualTypeOf<number>()
  expectTypeOf(context.span('name', () => 1)).toEqualTypeOf<Promise<number>>()
  context.log('a', 1, {})
  context.setMetadata({ a: 1 })
  context.score('steps', { value: 3, explanation: 'three' })
  // @ts-expect-error -- a text is no score
  context.score('steps', 'three')
  // @ts-expect-error -- no such fixture
  String(context.model)
})

// `expected` of inline scorers: the column of that name, the named one, or what a function picks.
evalTest.each(labelled)('by name', () => 'x', {
  scorers: [({ expected }) => expectTypeOf(expected).toEqualTypeOf<string>() === undefined],
})
evalTest.each(optional)('optional', () => 'x', {
  scorers: [({ expected }) => expectTypeOf(expected).toEqualTypeOf<number | undefined>() === undefined],
})
evalTest.each(rows)('none', () => 'x', {
  scorers: [({ expected }) => expectTypeOf(expected).toEqualTypeOf<undefined>() === undefined],
})
evalTest.each(rows)('a column', () => 1, {
  expected: 'answer',
  scorers: [
    ({ expected, output }) => expected === output,
    ({ expected }) => expectTypeOf(expected).toEqualTypeOf<number>() === undefined,
  ],
})
evalTest.each(rows)('a function', () => 'x', {
  expected: (row) => [row.answer, row.question] as const,
  scorers: [({ expected }) => expectTypeOf(expected).toEqualTypeOf<readonly [number, string]>() === undefined],
})
evalTest.each(rows)('a method', () => 'x', {
  expected: ({ answer }) => answer > 2,
  scorers: [{ name: 's', score: ({ expected }) => expectTypeOf(expected).toEqualTypeOf<boolean>() === undefined }],
})
// @ts-expect-error -- no such column
evalTest.each(rows)('wrong column', () => 'x', { expected: 'anser' })
// @ts-expect-error -- no such column
evalTest.each(rows)('wrong column', () => 'x', { tags: 'labels' })
// @ts-expect-error -- no such column
evalTest.each(rows)('wrong column', () => 'x', { input: ({ query }) => String(query) })

// `input` of inline scorers.
evalTest.each(optional)('input', () => 'x', {
  scorers: [({ input }) => expectTypeOf(input).toEqualTypeOf<string>() === undefined],
})
evalTest.each(labelled)('input', () => 'x', {
  scorers: [({ input }) => expectTypeOf(input.question).toEqualTypeOf<string>() === undefined],
})
evalTest.each(['a'])('input', () => 'x', {
  scorers: [({ input }) => expectTypeOf(input).toEqualTypeOf<string>() === undefined],
})
evalTest.each(rows)('input by option', () => 'x', {
  input: 'answer',
  scorers: [({ input }) => expectTypeOf(input).toEqualTypeOf<number>() === undefined],
})
evalTest.each(rows)('input by option', () => 'x', {
  input: ({ answer }) => ({ n: answer }),
  scorers: [({ input }) => expectTypeOf(input).toEqualTypeOf<{ n: number }>() === undefined],
})
evalTest.each(rows)('input and expected by option', () => 'x', {
  input: 'question',
  expected: 'answer',
  scorers: [
    ({ input, expected }) => {
      expectTypeOf(input).toEqualTypeOf<string>()
      expectTypeOf(expected).toEqualTypeOf<number>()
      return 1
    },
  ],
})

// `output` of inline scorers: what the task returns, awaited; of a model's response the text.
evalTest.each(rows)('output', () => ({ n: 1 }), {
  scorers: [({ output }) => expectTypeOf(output).toEqualTypeOf<{ n: number }>() === undefined],
})
evalTest.each(rows)('async output', async () => 'x', {
  scorers: [({ output }) => expectTypeOf(output).toEqualTypeOf<string>() === undefined],
})
evalTest.each(rows)(
  'async output, thrown',
  async ({ question }) => {
    if (question === '') return null
    return question
  },
  {
    scorers: [({ output }) => expectTypeOf(output).toEqualTypeOf<string | null>() === undefined],
  },
)
evalTest.each(rows)('response', () => model.generate('q'), {
  scorers: [({ output }) => expectTypeOf(output).toEqualTypeOf<string>() === undefined, exactMatch()],
})
evalTest.each(rows)('response or null', ({ answer }) => (answer > 1 ? response : null), {
  scorers: [({ output }) => expectTypeOf(output).toEqualTypeOf<string | null>() === undefined],
})
evalTest.each(rows)('made response', () => createModelResponse({ text: '', model: 'm' }), {
  scorers: [({ output }) => output.length > 0],
})
evalTest.each(rows)('no output', (_row, { score }) => score('own', 1))

// Scorers: the built-in ones, autoevals' functions, objects, for any output they can judge.
const autoeval = (args: {
  output: string
  expected?: string
}): { name: string; score: number | null; metadata?: Record<string, unknown> } => ({
  name: 'a',
  score: args.output === args.expected ? 1 : 0,
})
const asyncAutoeval = async (args: {
  output: string
  expected?: string
  input?: unknown
}): Promise<{ name: string; score: number }> => ({ name: 'b', score: args.output.length })
const typed: Scorer<unknown, string> = { name: 'typed', score: ({ output }) => output.length }
evalTest.each(labelled)('autoevals', async () => 'x', {
  scorers: [autoeval, asyncAutoeval, typed, exactMatch(), levenshtein(), ({ output }) => output === 'x'],
  thresholds: { autoeval: 0.8, exactMatch: { ciLower: 0.7 }, costUsd: { total: 1 } },
})
// @ts-expect-error -- judges texts, but the task answers numbers
evalTest.each(labelled)('wrong output', () => 1, { scorers: [autoeval] })
// @ts-expect-error -- judges texts, but the task answers numbers
evalTest.each(labelled)('wrong output', () => 1, { scorers: [typed] })
declare const strict: Scorer<unknown, unknown, string>
evalTest.each(labelled)('expected', () => 1, { scorers: [strict] })
// @ts-expect-error -- judges against texts, but these answers are numbers
evalTest.each(rows)('wrong expected', () => 1, { expected: 'answer', scorers: [strict] })
// @ts-expect-error -- a text is no score
evalTest.each(labelled)('wrong score', () => 'x', { scorers: [() => 'good'] })
evalTest.each(labelled)('details', () => 'x', {
  scorers: [
    () => null,
    () => true,
    async () => ({ value: 0.5, explanation: 'half', metadata: { a: 1 } }),
    () => [
      { name: 'a', value: 1 },
      { name: 'b', score: false },
    ],
  ],
})
expectTypeOf<ScorerInput<string, number>['output']>().toEqualTypeOf<number>()

// Options.
evalTest.each(rows)('options', () => 'x', {
  title: '$question',
  epochs: 3,
  passWhen: ({ exactMatch: score }) => score === 1,
  id: 'question',
  tags: () => ['a'],
  skip: ({ answer }) => answer > 5,
  thresholds: { latencyMs: { p95: 1000 } },
})
// @ts-expect-error -- no such option
evalTest.each(rows)('unknown option', () => 'x', { epoch: 3 })
// @ts-expect-error -- of the wrong type
evalTest.each(rows)('wrong option', () => 'x', { epochs: '3' })
// @ts-expect-error -- the task comes before the options
evalTest.each(rows)('order', { epochs: 3 }, () => 'x')

// Fixtures and variants are on the second parameter.
const extended = evalTest
  .extend('model', { scope: 'worker' }, () => model)
  .extend('prompt', async ({ model: own }, { onCleanup }) => {
    expectTypeOf(own).toEqualTypeOf<LanguageModel>()
    onCleanup(() => {})
    return 'v1'
  })
  .extend('n', 5)
  .extend<{ list: string[] }>({ list: async ({ n }, use) => use([String(n)]) })
extended.each(rows)('fixtures', (_row, { model: own, prompt, n, list }) => {
  expectTypeOf(own).toEqualTypeOf<LanguageModel>()
  expectTypeOf(prompt).toEqualTypeOf<string>()
  expectTypeOf(n).toEqualTypeOf<number>()
  expectTypeOf(list).toEqualTypeOf<string[]>()
})
extended.skip.each(rows)('fixtures', (_row, { n }) => expectTypeOf(n).toEqualTypeOf<number>())
extended.runIf(true).each(rows)('fixtures', (_row, { n }) => expectTypeOf(n).toEqualTypeOf<number>())
// @ts-expect-error -- no such fixture
extended.each(rows)('fixtures', (_row, { models }) => String(models))

const variants = evalTest.variants({
  model: { mini: () => model, big: async () => model },
  prompt: { v1: 'short', v2: 'long' },
  temperature: { cold: 0, hot: 1 },
})
variants.each(labelled)(
  'variants',
  (_row, { model: own, prompt, temperature }) => {
    expectTypeOf(own).toEqualTypeOf<LanguageModel>()
    expectTypeOf(prompt).toEqualTypeOf<'short' | 'long'>()
    expectTypeOf(temperature).toEqualTypeOf<0 | 1>()
    return 'x'
  },
  { scorers: [({ output }) => expectTypeOf(output).toEqualTypeOf<string>() === undefined] },
)
// @ts-expect-error -- a dimension needs named values
evalTest.variants({ model: [model] })('x', () => {})

// Batches: the task gets rows and gives a list of outputs; scorers see one of each.
evalTest.batch(labelled, { size: 16 })('batch', (rows_) => rows_.map(({ question }) => question.length), {
  scorers: [
    ({ input, output, expected }) => {
      expectTypeOf(input.question).toEqualTypeOf<string>()
      expectTypeOf(output).toEqualTypeOf<number>()
      expectTypeOf(expected).toEqualTypeOf<string>()
      return 1
    },
  ],
})
evalTest.batch(rows, { size: 16 })(
  'async batch',
  async (all, { samples, signal, log, span }) => {
    expectTypeOf(all).toEqualTypeOf<readonly Row[]>()
    expectTypeOf(samples).toEqualTypeOf<readonly Sample<Row>[]>()
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
    log('begin')
    return span('ask', () => all.map(() => response))
  },
  {
    expected: 'answer',
    scorers: [
      ({ output }) => expectTypeOf(output).toEqualTypeOf<string>() === undefined,
      ({ expected }) => expectTypeOf(expected).toEqualTypeOf<number>() === undefined,
    ],
  },
)
evalTest.batch(async () => ['a', 'b'], { size: 2 })('texts', (texts) => {
  expectTypeOf(texts).toEqualTypeOf<readonly string[]>()
  return ['x', 'y'] as const
})
evalTest
  .variants({ prompt: { v1: 'short', v2: 'long' } })
  .extend('n', 5)
  .batch(rows, { size: 2 })('fixtures', (all, { prompt, n }) => {
  expectTypeOf(prompt).toEqualTypeOf<'short' | 'long'>()
  expectTypeOf(n).toEqualTypeOf<number>()
  return all.map(() => 1)
})
evalTest.skip.batch(rows, { size: 2 })('skipped', (all) => all.map(() => 1))
// @ts-expect-error -- a batch has a size
evalTest.batch(rows, {})
// @ts-expect-error -- no such option
evalTest.batch(rows, { size: 2, wait: 5 })
// @ts-expect-error -- a list of outputs
evalTest.batch(rows, { size: 2 })('no list', async () => 'x')
// @ts-expect-error -- an assertion would be that of one sample only
evalTest.batch(rows, { size: 2 })('expect', (all, { expect }) => all.map(() => String(expect)))
// @ts-expect-error -- judges texts, but the outputs are numbers
evalTest.batch(labelled, { size: 2 })('wrong output', () => [1], { scorers: [autoeval] })

// Limits.
evalTest.each(rows)('limits', () => 'x', { limits: { tokens: 1000, turns: 8, costUsd: 0.1 } })
// @ts-expect-error -- no such limit
evalTest.each(rows)('unknown limit', () => 'x', { limits: { timeMs: 1000 } })

// One eval without a dataset.
evalTest('single', async (_row, { log }) => (log('x'), 'x'), {
  scorers: [({ output }) => expectTypeOf(output).toEqualTypeOf<string>() === undefined],
})
evalTest.describe('group', () => evalTest.beforeAll(() => {}))

// Clusters are picked from the row; reducers and baselines say how epochs and earlier experiments count.
evalTest.each(rows)('cluster', () => 'x', { cluster: 'question', epochs: 5, reducer: [passAt(5), max] })
evalTest.each(rows)('cluster by function', () => 'x', { cluster: ({ answer }) => answer, reducer: passAt(1) })
// @ts-expect-error no such column
evalTest.each(rows)('unknown cluster', () => 'x', { cluster: 'text' })
evalTest.each(rows)('baseline', () => 'x', { baseline: { experiment: 'main-*', gate: 'notWorse', margin: 0.02 } })
// @ts-expect-error no such gate
evalTest.each(rows)('unknown gate', () => 'x', { baseline: { experiment: 'main', gate: 'better' } })
