import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { judge, metricOf } from '../judge.test-support.ts'
import { classification } from './classification.ts'

const { multiclass } = readGolden<{
  readonly multiclass: {
    readonly gold: readonly string[]
    readonly pred: readonly string[]
    readonly labels: readonly string[]
    readonly confusion_rows_gold: readonly (readonly number[])[]
  } & Readonly<Record<'accuracy' | `${'precision' | 'recall' | 'f1'}_${'macro' | 'micro'}`, number>>
}>('stats-agreement-classification')

const pets = classification({ labels: multiclass.labels })
const samples = multiclass.pred.map((output, index) => [output, multiclass.gold[index]] as const)

test('declares how its values are read', () => {
  expect(pets).toMatchObject({
    name: 'classification',
    kind: 'binary',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

describe('scikit-learn', () => {
  test.for([
    ['accuracy', 'accuracy'],
    ['macroPrecision', 'precision_macro'],
    ['macroRecall', 'recall_macro'],
    ['macroF1', 'f1_macro'],
    ['microPrecision', 'precision_micro'],
    ['microRecall', 'recall_micro'],
    ['microF1', 'f1_micro'],
  ] as const)('%s', async ([metric, figure]) => {
    expect(await metricOf(pets, metric, samples)).toBeCloseTo(multiclass[figure], 9)
  })

  test('the confusion matrix', async () => {
    for (const [row, truth] of multiclass.labels.entries()) {
      for (const [column, called] of multiclass.labels.entries()) {
        const cell = await metricOf(pets, `confusion.${truth}.${called}`, samples)
        expect(cell).toBe(multiclass.confusion_rows_gold[row]![column])
      }
    }
  })
})

test.for([
  ['Cat.', 'cat', { value: 1, metadata: { expected: 'cat', predicted: 'cat' } }],
  ['dog', 'CAT', { value: 0, metadata: { expected: 'cat', predicted: 'dog' } }],
  ['a cat', 'cat', { value: 0, explanation: '"a cat" is no label', metadata: { expected: 'cat', predicted: null } }],
  [null, 'cat', { value: 0, explanation: 'no output is no label', metadata: { expected: 'cat', predicted: null } }],
] as const)('%j against %j', async ([output, expected, details]) => {
  expect(await judge(pets, output, expected)).toEqual(details)
})

test('an output that is no label is a miss, no class and no prediction', async () => {
  const some = [
    ['cat', 'cat'],
    ['who knows', 'cat'],
    ['dog', 'dog'],
    ['dog', 'cat'],
  ] as const
  const figure = async (name: string) => metricOf(classification({ labels: ['cat', 'dog'] }), name, some)
  expect(await figure('precision.cat')).toBe(1)
  expect(await figure('recall.cat')).toBeCloseTo(1 / 3, 12)
  expect(await figure('confusion.cat.(none)')).toBe(1)
  expect(await figure('macroRecall')).toBeCloseTo((1 / 3 + 1) / 2, 12)
  expect(await figure('microPrecision')).toBeCloseTo(2 / 3, 12)
  expect(await figure('microRecall')).toBe(0.5)
  expect(await figure('microF1')).toBeCloseTo(4 / 7, 12)
})

test('a class that never occurs counts as 0, and says so', async () => {
  const scorer = classification({ labels: ['cat', 'dog'] })
  expect(await metricOf(scorer, 'precision.dog', [['cat', 'cat']])).toBe(0)
  expect(scorer.metrics?.find(({ name }) => name === 'f1.dog')?.compute([])).toEqual({
    value: 0,
    n: 0,
    note: 'it is 0/0, which counts as 0',
  })
})

test.for([
  [{ labels: ['a'] }, /at least two different labels/],
  [{ labels: ['a', 'A'] }, /two of the labels are the same without case/],
  [{}, /option "labels" must be/],
] as const)('refuses %j', ([options, message]) => {
  expect(() => classification(options as never)).toThrow(
    expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID', message: expect.stringMatching(message) }),
  )
})

test('an expected label that is none is an error of the row', async () => {
  await expect(async () => judge(pets, 'cat', 'horse')).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('none of the labels bird, cat, dog'),
  })
})

test('accuracy is the mean score, figures lie in [0, 1], and their order does not matter', async () => {
  const label = fc.constantFrom('bird', 'cat', 'dog')
  const pair = fc.tuple(fc.oneof(label, fc.constant('?')), label)
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 1 }), async (pairs) => {
      const right = pairs.filter(([output, expected]) => output === expected).length
      expect(await metricOf(pets, 'accuracy', pairs)).toBeCloseTo(right / pairs.length, 12)
      for (const figure of ['macroPrecision', 'macroRecall', 'macroF1', 'microF1']) {
        const value = Number(await metricOf(pets, figure, pairs))
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
        expect(await metricOf(pets, figure, pairs.toReversed())).toBeCloseTo(value, 12)
      }
    }),
  )
})
