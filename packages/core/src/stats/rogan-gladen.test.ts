import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import type { Proportion } from './newcombe-interval.ts'
import { roganGladen } from './rogan-gladen.ts'
import { seededRandom } from './seeded-random.ts'

const golden = readGolden<{
  readonly rogan_gladen: Readonly<
    Record<'sensitivity' | 'specificity' | 'observed_positive_rate' | 'corrected', number>
  >
}>('stats-agreement-classification')

const of = (successes: number, n: number): Proportion => ({ successes, n })

test('the corrected share of the golden values', () => {
  const { sensitivity, specificity, observed_positive_rate: observed, corrected } = golden.rogan_gladen
  const found = roganGladen({
    observed: of(observed * 100, 100),
    sensitivity: of(sensitivity * 100, 100),
    specificity: of(specificity * 100, 100),
  })
  expect(Math.abs(found!.value - corrected)).toBeLessThanOrEqual(golden.tolerance)
})

test('standard error and interval, by hand', () => {
  // π = (0.62 + 0.8 − 1)/0.7 = 0.6; √(0.62·0.38/100 + 0.36·0.09/100 + 0.16·0.16/100)/0.7
  const found = roganGladen({ observed: of(62, 100), sensitivity: of(90, 100), specificity: of(80, 100) })
  expect(found!.stderr).toBeCloseTo(Math.sqrt(0.002356 + 0.000324 + 0.000256) / 0.7, 12)
  const z = 1.959963984540054
  const p = (62 + (z * z) / 2) / (100 + z * z)
  const [se, sp, n] = [91 / 102, 81 / 102, 102]
  const share = (p + sp - 1) / (se + sp - 1)
  const [vse, vsp] = [(se * (1 - se)) / n, (sp * (1 - sp)) / n]
  const centre = share + 2 * z * z * (share * vse - (1 - share) * vsp)
  const margin =
    (z * Math.sqrt((p * (1 - p)) / (100 + z * z) + share ** 2 * vse + (1 - share) ** 2 * vsp)) / (se + sp - 1)
  expect(found!.interval).toEqual({
    lower: expect.closeTo(centre - margin, 10),
    upper: expect.closeTo(centre + margin, 10),
    method: 'lang-reiczigel',
    level: 0.95,
  })
})

test('a test no better than chance tells nothing, one that is hardly better next to nothing', () => {
  expect(roganGladen({ observed: of(5, 10), sensitivity: of(5, 10), specificity: of(5, 10) })).toBeNull()
  expect(roganGladen({ observed: of(5, 10), sensitivity: of(1, 10), specificity: of(3, 10) })).toBeNull()
  const hardly = roganGladen({ observed: of(5, 10), sensitivity: of(1, 1), specificity: of(1, 100) })
  expect(hardly!.interval).toEqual({ lower: 0, upper: 1, method: 'lang-reiczigel', level: 0.95 })
})

test.for([
  { observed: of(0, 0), sensitivity: of(1, 1), specificity: of(1, 1) },
  { observed: of(1, 1), sensitivity: of(2, 1), specificity: of(1, 1) },
  { observed: of(1, 1), sensitivity: of(1, 1), specificity: of(Number.NaN, 1) },
])('refuses %j', (given) => {
  expect(() => roganGladen(given)).toThrow(invalid)
})

const proportion = fc
  .integer({ min: 1, max: 200 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }))

test('lies in [0, 1] with its interval, grows with what is observed, and mirrors', () => {
  fc.assert(
    fc.property(proportion, proportion, proportion, (observed, sensitivity, specificity) => {
      const found = roganGladen({ observed, sensitivity, specificity })
      if (found === null) return
      const { lower, upper } = found.interval!
      expect(found.value).toBeGreaterThanOrEqual(0)
      expect(found.value).toBeLessThanOrEqual(1)
      expect(lower).toBeGreaterThanOrEqual(0)
      expect(upper).toBeLessThanOrEqual(1)
      const more = of(Math.min(observed.n, observed.successes + 1), observed.n)
      expect(roganGladen({ observed: more, sensitivity, specificity })!.value).toBeGreaterThanOrEqual(found.value)
      const contrary = of(observed.n - observed.successes, observed.n)
      const mirrored = roganGladen({ observed: contrary, sensitivity: specificity, specificity: sensitivity })!
      expect(mirrored.value).toBeCloseTo(1 - found.value, 9)
      expect(mirrored.interval!.lower).toBeCloseTo(1 - upper, 9)
    }),
  )
})

test('a perfect test needs no correction', () => {
  const { value } = roganGladen({ observed: of(7, 20), sensitivity: of(50, 50), specificity: of(50, 50) })!
  expect(value).toBeCloseTo(0.35, 12)
})

test.for([
  [0.6, 0.9, 0.8, 60],
  [0.1, 0.85, 0.95, 100],
  [0.9, 0.75, 0.7, 80],
] as const)(
  'simulated: the interval holds a share of %d at Se %d, Sp %d about as often as it says',
  ([share, se, sp, n]) => {
    const random = seededRandom(7)
    const isHit = (p: number): number => Number(random.index(1_000_000) < p * 1_000_000)
    const count = (p: number, trials: number): Proportion =>
      of(
        Array.from({ length: trials }, () => isHit(p)).reduce((sum, hit) => sum + hit, 0),
        trials,
      )
    const runs = 600
    let held = 0
    for (let run = 0; run < runs; run++) {
      const observed = count(share * se + (1 - share) * (1 - sp), 200)
      const found = roganGladen({ observed, sensitivity: count(se, n), specificity: count(sp, n) })
      if (found !== null && found.interval!.lower <= share && share <= found.interval!.upper) held += 1
    }
    expect(held / runs).toBeGreaterThan(0.92)
    expect(held / runs).toBeLessThan(0.99)
  },
)
