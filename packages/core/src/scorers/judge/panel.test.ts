import { expect, test } from 'vitest'
import { EvalsError } from '../../errors.ts'
import type { SampleRecord } from '../../record/record.ts'
import { isStopped } from '../../sample/is-stopped.ts'
import { cohenKappa } from '../../stats/cohen-kappa.ts'
import { krippendorffAlpha } from '../../stats/krippendorff-alpha.ts'
import { makeRecord } from '../../testing/make-entry.ts'
import { judgeSample } from '../judge.test-support.ts'
import { coherence } from './coherence.ts'
import { judge } from './judge.ts'
import type { JudgeModel } from './judge-model.ts'
import { panel, type PanelOptions } from './panel.ts'
import { scriptedModel, verdict, type ScriptedAnswer } from './scripted-model.test-support.ts'

const polite = (model: JudgeModel) => judge({ model, rubric: 'Pass a polite reply.' })

const modelsOf = (answers: readonly ScriptedAnswer[]) =>
  Object.fromEntries(
    ['a', 'b', 'c', 'd'].slice(0, answers.length).map((name, at) => [name, scriptedModel([answers[at]!], name)]),
  )
const votes = async (combine: PanelOptions['combine'], ...answers: ScriptedAnswer[]) =>
  judgeSample(panel(polite, { models: modelsOf(answers), ...(combine && { combine }) }), { output: 'Hello' })

test('the majority decides, and who said what is kept', async () => {
  expect(await votes('majority', verdict('pass', 'kind'), verdict('fail', 'cold'), verdict('pass', 'warm'))).toEqual({
    value: 1,
    explanation: 'a: 1 kind\nb: 0 cold\nc: 1 warm',
    metadata: {
      judge: 'scripted:a + scripted:b + scripted:c',
      prompt: 'judge',
      promptVersion: '1',
      votes: { a: 1, b: 0, c: 1 },
    },
  })
})

test.for([
  ['a model without a verdict has no say', undefined, ['pass', 'what?', 'pass'], 1],
  ['a split panel gives no score', undefined, ['pass', 'fail'], null],
  ['nor does one without any verdict', undefined, ['x', 'y'], null],
  ['the mean', 'mean', ['pass', 'fail', 'fail', 'fail'], 0.25],
  ['the mean of those with a verdict', 'mean', ['pass', 'fail', '?'], 0.5],
  ['the mean of none', 'mean', ['?', '?'], null],
] as const)('%s', async ([, combine, words, value]) => {
  expect((await votes(combine, ...words.map((word) => verdict(word)))).value).toBe(value)
})

test('it has the scale of its judges; the mean of binary scores is graded', () => {
  const models = modelsOf([verdict('pass'), verdict('pass')])
  expect(panel(polite, { models })).toMatchObject({ name: 'panel', kind: 'binary', range: [0, 1], direction: 'higher' })
  expect(panel(polite, { models, combine: 'mean' })).toMatchObject({ kind: 'graded', range: [0, 1] })
  expect(panel((model) => coherence({ model }), { models })).toMatchObject({ kind: 'graded', range: [1, 5] })
  expect(() => panel(polite, { models: { one: scriptedModel([]) } })).toThrow(/at least two models/)
})

test('a call that the budget stops is the panel’s error, after all have been asked', async () => {
  const models = modelsOf([new EvalsError('EVALS_BUDGET_SPENT', 'spent'), verdict('pass')])
  const failure = await judgeSample(panel(polite, { models }), { output: 'x' }).catch((error: unknown) => error)
  expect(isStopped(failure)).toBe(true)
  expect(Object.values(models).map(({ calls }) => calls.length)).toEqual([1, 1])
})

test('agreement is Krippendorff’s α, and Cohen’s κ of each two', async () => {
  const ratings: readonly (readonly [number | null, number | null, number | null])[] = [
    [1, 1, 0],
    [0, 0, 0],
    [1, null, 1],
    [0, 1, 0],
    [1, 1, 1],
    [null, null, 1],
  ]
  const records = ratings.map(([a, b, c]) =>
    makeRecord({ scores: { panel: { value: 1, metadata: { votes: { a, b, c } } } } }),
  )
  const models = modelsOf([verdict('pass'), verdict('pass'), verdict('pass')])
  const { metrics = [] } = panel(polite, { models })
  expect(metrics.map(({ name }) => name)).toEqual(['agreement', 'kappa.a.b', 'kappa.a.c', 'kappa.b.c'])
  const figures = await Promise.all(metrics.map(async (metric) => metric.compute(records)))
  expect(figures).toEqual([
    { value: krippendorffAlpha(ratings), n: 5 },
    { value: cohenKappa([1, 0, 0, 1], [1, 0, 1, 1]), n: 4 },
    { value: cohenKappa([1, 0, 1, 0, 1], [0, 0, 1, 0, 1]), n: 5 },
    { value: cohenKappa([1, 0, 1, 1], [0, 0, 0, 1]), n: 4 },
  ])
  const compute = async (given: readonly SampleRecord[]) =>
    Promise.all(metrics.map(async (metric) => metric.compute(given)))
  expect(await compute([])).toEqual([null, null, null, null])
  // One and the same score throughout: agreement of two beyond chance is 0/0.
  expect(await compute([records[4]!])).toEqual([{ value: 1, n: 1 }, null, null, null])
})

test('grades agree by their distance', async () => {
  const models = modelsOf([verdict(1), verdict(1)])
  const { metrics = [] } = panel((model) => coherence({ model }), { models, combine: 'mean' })
  const ratings = [
    [5, 4],
    [1, 2],
    [3, 3],
  ] as const
  const records = ratings.map(([a, b]) =>
    makeRecord({ scores: { panel: { value: 1, metadata: { votes: { a, b } } } } }),
  )
  expect(await metrics[0]!.compute(records)).toEqual({ value: krippendorffAlpha(ratings, 'interval'), n: 3 })
  const kappa = cohenKappa([5, 1, 3], [4, 2, 3], { weights: 'quadratic' })
  expect(await metrics[1]!.compute(records)).toEqual({ value: kappa, n: 3 })
})
