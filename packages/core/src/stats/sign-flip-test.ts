import { checkFinite } from './invalid-statistic.ts'
import { seededRandom, type SeededRandom } from './seeded-random.ts'

/** A p-value; `exact` where all possibilities were counted, else it is a seeded estimate. */
export interface PermutationTest {
  readonly pValue: number
  readonly exact: boolean
}

/** Up to 2²⁰ sign patterns are counted: some milliseconds. */
const exactUpTo = 20

/**
 * The two-sided sign-flip permutation test of paired differences (Fisher, The Design of Experiments, 1935, section 21):
 * were both sides equally good, every difference would have come with the other sign as likely, so p is the share of
 * all 2ⁿ sign patterns whose |Σ ±dᵢ| is at least the observed |Σ dᵢ|. Differences of 0 do not matter and are left out;
 * where pairs come in clusters, give the sum of each cluster's differences, since only clusters are independent.
 *
 * With more than 20 differences other than 0, patterns are drawn: p = (1 + extreme ones) / (1 + drawn) (Phipson &
 * Smyth, Statistical Applications in Genetics and Molecular Biology 9, 2010), which keeps the test valid and p above 0.
 *
 * @param options.seed which random numbers, default 0
 * @param options.resamples how many patterns are drawn, default 9,999
 * @throws EvalsError `EVALS_STATISTIC_INVALID` unless all are finite numbers
 */
export function signFlipTest(
  differences: readonly number[],
  { seed = 0, resamples = 9_999 }: { readonly seed?: number; readonly resamples?: number } = {},
): PermutationTest {
  checkFinite(differences, 'a difference')
  const add = (sum: number, value: number): number => sum + value
  // Only sizes matter; sorted, the patterns drawn depend neither on the order of the pairs nor on which side is the base.
  const sizes = differences.flatMap((difference) => (difference === 0 ? [] : Math.abs(difference)))
  sizes.sort((a, b) => a - b)
  // Sums of the same numbers in another order differ by rounding; such ties count as extreme.
  const extreme = Math.abs(differences.reduce(add, 0)) - 1e-10 * sizes.reduce(add, 0)
  if (sizes.length <= exactUpTo) {
    return { pValue: countExtreme(sizes, extreme) / 2 ** sizes.length, exact: true }
  }
  const sums = randomSums(sizes, resamples, seededRandom(seed))
  const count = sums.reduce((found, sum) => (Math.abs(sum) >= extreme ? found + 1 : found), 0)
  return { pValue: (1 + count) / (1 + resamples), exact: false }
}

/** How many of the 2ⁿ sign patterns are extreme. */
function countExtreme(sizes: readonly number[], extreme: number): number {
  const countFrom = (index: number, sum: number): number => {
    const size = sizes[index]
    if (size === undefined) return Math.abs(sum) >= extreme ? 1 : 0
    return countFrom(index + 1, sum + size) + countFrom(index + 1, sum - size)
  }
  return countFrom(0, 0)
}

/**
 * The sums of `sizes` under `resamples` random sign patterns. Eight sizes at a time: a byte of random bits picks one of
 * their 256 possible sums, so that a hundred thousand differences take a second.
 */
function randomSums(sizes: readonly number[], resamples: number, random: SeededRandom): Float64Array {
  const sums = new Float64Array(resamples)
  for (let start = 0; start < sizes.length; start += 8) {
    const possible = patternSums(sizes.slice(start, start + 8))
    let bits = 0
    for (let resample = 0; resample < resamples; resample++) {
      bits = (resample & 3) === 0 ? random.bits() : bits >>> 8
      sums[resample]! += possible[bits & 255]!
    }
  }
  return sums
}

/** The sums of up to eight sizes under each pattern; a 1 at bit i adds size i, a 0 subtracts it. */
function patternSums(sizes: readonly number[]): Float64Array {
  return Float64Array.from({ length: 256 }, (_, pattern) =>
    sizes.reduce((sum, size, bit) => sum + ((pattern >> bit) & 1 ? size : -size), 0),
  )
}
