import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bonettPriceInterval } from './bonett-price-interval.ts'
import { invalid } from './invalid.test-support.ts'
import { logChoose } from './probabilities.ts'

const pairs = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
  .filter(([b, c, same]) => b + c + same > 0)
  .map(([onlyBase, onlyOther, same]) => ({ n: onlyBase + onlyOther + same, onlyBase, onlyOther }))

describe('bonettPriceInterval', () => {
  // 21 pairs, 1 and 7 discordant, worked out by hand: −6/23 ± 1.959964 · √((10/23 − (6/23)²) / 23).
  test('is the adjusted Wald interval', () => {
    const { lower, upper, ...rest } = bonettPriceInterval({ n: 21, onlyBase: 7, onlyOther: 1 })!
    expect(lower).toBeCloseTo(-0.5084, 4)
    expect(upper).toBeCloseTo(-0.0134, 4)
    expect(rest).toEqual({ method: 'bonett-price', level: 0.95 })
  })

  test('contains the difference, lies within [−1, 1], has width and mirrors', () => {
    fc.assert(
      fc.property(pairs, ({ n, onlyBase, onlyOther }) => {
        const { lower, upper } = bonettPriceInterval({ n, onlyBase, onlyOther })!
        const mirrored = bonettPriceInterval({ n, onlyBase: onlyOther, onlyOther: onlyBase })!
        expect(lower).toBeLessThanOrEqual((onlyOther - onlyBase) / n)
        expect(upper).toBeGreaterThanOrEqual((onlyOther - onlyBase) / n)
        expect(lower).toBeGreaterThanOrEqual(-1)
        expect(upper).toBeLessThanOrEqual(1)
        expect(upper).toBeGreaterThan(lower)
        expect(mirrored.lower).toBeCloseTo(-upper, 12)
      }),
    )
  })

  test('covers the true difference about as often as its level says', () => {
    const n = 25
    const choices = fc.constantFrom<readonly [number, number]>([0.1, 0.1], [0.2, 0.1], [0.3, 0.05], [0.02, 0.02])
    fc.assert(
      fc.property(choices, ([gain, loss]) => {
        let covered = 0
        for (let b = 0; b <= n; b++) {
          for (let c = 0; c <= n - b; c++) {
            const { lower, upper } = bonettPriceInterval({ n, onlyBase: b, onlyOther: c })!
            const logTable = logChoose(n, b) + logChoose(n - b, c)
            const logChance = b * Math.log(loss) + c * Math.log(gain) + (n - b - c) * Math.log(1 - gain - loss)
            if (lower <= gain - loss && gain - loss <= upper) covered += Math.exp(logTable + logChance)
          }
        }
        expect(covered).toBeGreaterThan(0.93)
      }),
      { numRuns: 8 },
    )
  })

  test('is nothing without pairs and refuses more discordant pairs than pairs', () => {
    expect(bonettPriceInterval({ n: 0, onlyBase: 0, onlyOther: 0 })).toBeNull()
    expect(() => bonettPriceInterval({ n: 3, onlyBase: 2, onlyOther: 2 })).toThrow(invalid)
    expect(() => bonettPriceInterval({ n: NaN, onlyBase: 0, onlyOther: 0 })).toThrow(invalid)
  })
})
