import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classificationReport, confusionMatrix } from './classification.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'

const { binary, multiclass, tolerance } = readGolden<{
  binary: Record<'gold' | 'pred', number[]> & Record<'accuracy' | 'precision' | 'recall' | 'f1', number>
  multiclass: Record<'gold' | 'pred' | 'labels', string[]> & { confusion_rows_gold: number[][] } & Record<
      `${'precision' | 'recall' | 'f1'}_${'macro' | 'micro'}` | 'accuracy',
      number
    >
}>('stats-agreement-classification')
const label = fc.constantFrom('a', 'b', 'c')
const labelled = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 40 })

function report(pairs: readonly (readonly [string, string])[]): ReturnType<typeof classificationReport> {
  return classificationReport(
    confusionMatrix(
      pairs.map(([truth]) => truth),
      pairs.map(([, predicted]) => predicted),
    ),
  )
}

describe('confusionMatrix', () => {
  test('has a row per true label, as scikit-learn has it', () => {
    expect(confusionMatrix(multiclass.gold, multiclass.pred)).toEqual({
      labels: multiclass.labels,
      counts: multiclass.confusion_rows_gold,
    })
  })

  test('holds labels that do not occur if asked, and refuses lists of different lengths', () => {
    expect(confusionMatrix(['a'], ['a'], { labels: ['b'] })).toEqual({
      labels: ['a', 'b'],
      counts: [
        [1, 0],
        [0, 0],
      ],
    })
    expect(() => confusionMatrix(['a'], [])).toThrow(invalid)
  })
})

describe('classificationReport', () => {
  test('of several classes is what scikit-learn says', () => {
    const { accuracy, macro, micro } = classificationReport(confusionMatrix(multiclass.gold, multiclass.pred))
    expect(Math.abs(accuracy! - multiclass.accuracy)).toBeLessThanOrEqual(tolerance)
    for (const figure of ['precision', 'recall', 'f1'] as const) {
      expect(Math.abs(macro[figure]! - multiclass[`${figure}_macro`])).toBeLessThanOrEqual(tolerance)
      expect(Math.abs(micro[figure]! - multiclass[`${figure}_micro`])).toBeLessThanOrEqual(tolerance)
    }
  })

  test('of two classes is what scikit-learn says', () => {
    const { accuracy, classes } = classificationReport(
      confusionMatrix(binary.gold.map(String), binary.pred.map(String)),
    )
    expect(accuracy).toBeCloseTo(binary.accuracy, 12)
    for (const figure of ['precision', 'recall', 'f1'] as const) {
      expect(Math.abs(classes['1']![figure]! - binary[figure])).toBeLessThanOrEqual(tolerance)
    }
    expect(classes['1']!.support).toBe(5)
  })

  test('of a class nobody predicted or nothing at all says null, which counts as 0 in the macro mean', () => {
    expect(
      report([
        ['a', 'a'],
        ['b', 'a'],
      ]),
    ).toMatchObject({
      classes: { b: { precision: null, recall: 0, f1: 0, support: 1 } },
      macro: { precision: 0.25, recall: 0.5 },
    })
    expect(report([])).toEqual({
      n: 0,
      accuracy: null,
      classes: {},
      macro: { precision: null, recall: null, f1: null },
      micro: { precision: null, recall: null, f1: null },
    })
  })

  test('has figures from 0 to 1, micro averages equal to the accuracy, and does not depend on the order', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        const found = report(pairs)
        const { accuracy, micro, macro } = found
        expect(accuracy).toBe(pairs.filter(([truth, predicted]) => truth === predicted).length / pairs.length)
        expect(micro).toEqual({ precision: accuracy, recall: accuracy, f1: accuracy })
        for (const value of Object.values(macro)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        expect(report(pairs.toReversed())).toEqual(found)
      }),
    )
  })

  test('swaps precision and recall with truth and prediction', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        const [found, swapped] = [report(pairs), report(pairs.map(([truth, predicted]) => [predicted, truth]))]
        for (const [name, figures] of Object.entries(found.classes)) {
          expect(swapped.classes[name]).toMatchObject({ precision: figures.recall, recall: figures.precision })
          expect(swapped.classes[name]!.f1).toBe(figures.f1)
        }
      }),
    )
  })
})
