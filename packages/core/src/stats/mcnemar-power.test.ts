import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invalid } from './invalid.test-support.ts'
import { mcnemarPower } from './mcnemar-power.ts'
import { mcnemarTest } from './mcnemar.ts'
import { logChoose } from './probabilities.ts'

describe('mcnemarPower', () => {
  /** Adds up the probabilities of all tables with p ≤ α. */
  function bruteForce(n: number, discordant: number, difference: number): number {
    const [gain, loss] = [(discordant + difference) / 2, (discordant - difference) / 2]
    let total = 0
    for (let b = 0; b <= n; b++) {
      for (let c = 0; c <= n - b; c++) {
        const table = Math.exp(logChoose(n, b) + logChoose(n - b, c))
        if (mcnemarTest(b, c) <= 0.05) total += table * loss ** b * gain ** c * (1 - discordant) ** (n - b - c)
      }
    }
    return total
  }

  // The same sum with scipy's distributions.
  test.each([
    [30, 0.4, 0.3, 0.7131469904452118],
    [20, 0.5, 0.2, 0.15065067763016884],
  ])('of %s pairs, %s of them discordant, for %s is what scipy says', (n, discordant, difference, expected) => {
    expect(mcnemarPower({ n, discordant, delta: difference })).toBeCloseTo(expected, 10)
  })

  test('agrees with all tables counted', () => {
    const plan = fc.record({
      n: fc.integer({ min: 0, max: 40 }),
      discordant: fc.double({ min: 0.05, max: 1, noNaN: true }),
      share: fc.double({ min: -1, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(plan, ({ n, discordant, share }) => {
        const difference = share * discordant
        const found = mcnemarPower({ n, discordant, delta: difference })
        expect(found).toBeCloseTo(bruteForce(n, discordant, difference), 9)
      }),
    )
  })

  test('goes over into the normal approximation without a step', () => {
    const before = mcnemarPower({ n: 19_990, delta: 0.0085, discordant: 0.1 })
    const after = mcnemarPower({ n: 20_010, delta: 0.0085, discordant: 0.1 })
    expect(Math.abs(after - before)).toBeLessThan(0.006)
  })

  test('has no chance where nothing differs, and refuses what cannot be', () => {
    expect(mcnemarPower({ n: 100, delta: 0, discordant: 0 })).toBe(0)
    expect(() => mcnemarPower({ n: 100, delta: 0.3, discordant: 0.2 })).toThrow(invalid)
    expect(() => mcnemarPower({ n: 100, delta: 0.1, discordant: 1.2 })).toThrow(invalid)
    expect(() => mcnemarPower({ n: 10, delta: NaN, discordant: 0.5 })).toThrow(invalid)
  })
})
