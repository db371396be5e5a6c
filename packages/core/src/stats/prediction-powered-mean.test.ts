import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { predictionPoweredMean } from './prediction-powered-mean.ts'
import { seededRandom } from './seeded-random.ts'
import { studentTQuantile } from './distributions.ts'

const { ppi_mean: golden, tolerance } = readGolden<{
  readonly ppi_mean: {
    readonly judge_all_unlabelled: readonly number[]
    readonly judge_on_labelled: readonly number[]
    readonly human_on_labelled: readonly number[]
    readonly estimate: number
    readonly se: number
  }
}>('stats-agreement-classification')

test('estimate and standard error of the golden values, with a t interval', () => {
  const found = predictionPoweredMean({
    judged: golden.judge_all_unlabelled,
    judgedLabelled: golden.judge_on_labelled,
    labels: golden.human_on_labelled,
  })!
  expect(Math.abs(found.value - golden.estimate)).toBeLessThanOrEqual(tolerance)
  expect(Math.abs(found.stderr! - golden.se)).toBeLessThanOrEqual(tolerance)
  // Welch: (0.1875/19 + 1/36)² / ((0.1875/19)²/19 + (1/36)²/5)
  const [a, b] = [0.1875 / 19, 1 / 36]
  const margin = studentTQuantile(0.975, (a + b) ** 2 / (a ** 2 / 19 + b ** 2 / 5)) * golden.se
  expect(found.interval).toEqual({
    lower: expect.closeTo(golden.estimate - margin, 9),
    upper: expect.closeTo(golden.estimate + margin, 9),
    method: 'prediction-powered',
    level: 0.95,
  })
})

test('without errors to see, there is no interval', () => {
  expect(predictionPoweredMean({ judged: [1, 0, 1], judgedLabelled: [1, 0], labels: [1, 0] })).toEqual({
    value: expect.closeTo(2 / 3, 12),
    n: 3,
    stderr: expect.any(Number),
    interval: null,
    note: 'the judge erred alike on all 2 labelled samples: how it errs elsewhere is not known',
  })
})

test('below two of either kind there is nothing to say', () => {
  expect(predictionPoweredMean({ judged: [1], judgedLabelled: [1, 0], labels: [0, 0] })).toBeNull()
  expect(predictionPoweredMean({ judged: [1, 0], judgedLabelled: [1], labels: [0] })).toBeNull()
  expect(predictionPoweredMean({ judged: [], judgedLabelled: [], labels: [] })).toBeNull()
})

test.for([
  { judged: [1, 0], judgedLabelled: [1], labels: [0, 1] },
  { judged: [1, Number.NaN], judgedLabelled: [1, 0], labels: [0, 1] },
  { judged: [1, 0], judgedLabelled: [1, 0], labels: [Number.POSITIVE_INFINITY, 1] },
])('refuses %j', (given) => {
  expect(() => predictionPoweredMean(given)).toThrow(invalid)
})

test('a constant error of the judge is taken out, and order does not matter', () => {
  const scores = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 30 })
  const pairs = fc.array(
    fc.tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: -10, max: 10, noNaN: true })),
    {
      minLength: 2,
      maxLength: 30,
    },
  )
  fc.assert(
    fc.property(scores, pairs, fc.double({ min: -5, max: 5, noNaN: true }), (judged, labelled, shift) => {
      const mean = (moved: number, turned: boolean) => {
        const ordered = turned ? labelled.toReversed() : labelled
        return predictionPoweredMean({
          judged: judged.map((score) => score + moved),
          judgedLabelled: ordered.map(([score]) => score + moved),
          labels: ordered.map(([, label]) => label),
        })!
      }
      expect(mean(shift, false).value).toBeCloseTo(mean(0, false).value, 9)
      expect(mean(shift, false).stderr).toBeCloseTo(mean(0, false).stderr!, 6)
      expect(mean(0, true).value).toBeCloseTo(mean(0, false).value, 9)
    }),
  )
})

test('simulated: the interval holds the true mean about as often as it says', () => {
  const random = seededRandom(11)
  const draw = (): { label: number; score: number } => {
    const label = Number(random.index(100) < 40)
    // It passes nine in ten of the good ones and three in ten of the bad ones.
    return { label, score: Number(random.index(100) < (label === 1 ? 90 : 30)) }
  }
  const runs = 600
  let held = 0
  for (let run = 0; run < runs; run++) {
    const labelled = Array.from({ length: 40 }, draw)
    const { interval } = predictionPoweredMean({
      judged: Array.from({ length: 300 }, () => draw().score),
      judgedLabelled: labelled.map(({ score }) => score),
      labels: labelled.map(({ label }) => label),
    })!
    if (interval!.lower <= 0.4 && 0.4 <= interval!.upper) held += 1
  }
  expect(held / runs).toBeGreaterThan(0.92)
  expect(held / runs).toBeLessThan(0.98)
})
