import { normalQuantile } from './distributions.ts'
import type { Interval } from './estimate.ts'
import { invalidStatistic } from './invalid-statistic.ts'
import { tailProbability } from './tail-probability.ts'

/** How many of n pairs of pass/fail results differ, and which way. */
export interface DiscordantPairs {
  /** Pairs in all. */
  readonly n: number
  /** b: pairs that only the base got right. */
  readonly onlyBase: number
  /** c: pairs that only the other got right. */
  readonly onlyOther: number
}

/**
 * The share of discordant pairs each way after one was added to either, p̃ = (count + 1) / (n + 2), and the variance of
 * the difference per pair they give: p̃_c + p̃_b − (p̃_c − p̃_b)². It is never 0, also where no pair differs.
 */
export function adjustedShares({ n, onlyBase, onlyOther }: DiscordantPairs): {
  readonly difference: number
  readonly discordant: number
  readonly variance: number
} {
  const counts = [n, onlyBase, onlyOther]
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0) || onlyBase + onlyOther > n) {
    throw invalidStatistic(`of n pairs at most n can differ: n ${n}, ${onlyBase} and ${onlyOther}`, {
      n,
      onlyBase,
      onlyOther,
    })
  }
  const difference = (onlyOther - onlyBase) / (n + 2)
  const discordant = (onlyOther + onlyBase + 2) / (n + 2)
  return { difference, discordant, variance: discordant - difference * difference }
}

/**
 * The interval of the difference of two paired proportions, other − base, by Bonett and Price (Journal of Educational
 * and Behavioral Statistics 37, 2012): the Wald interval after one pair was added to either discordant count,
 *
 *   (c − b)/ñ ± z · √( ( (b + c + 2)/ñ − ((c − b)/ñ)² ) / ñ ),  ñ = n + 2
 *
 * cut to [−1, 1]. Recommended by Fagerland, Lydersen and Laake (Statistics in Medicine 33, 2014). It contains (c − b)/n
 * and has width also where no pair differs.
 *
 * @param options.level confidence level, default 0.95
 * @returns `null` without pairs
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for counts that no n pairs can have
 */
export function bonettPriceInterval(
  pairs: DiscordantPairs,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | null {
  const { difference, variance } = adjustedShares(pairs)
  const margin = normalQuantile(1 - tailProbability(level)) * Math.sqrt(variance / (pairs.n + 2))
  if (pairs.n === 0) return null
  return {
    lower: Math.max(-1, difference - margin),
    upper: Math.min(1, difference + margin),
    method: 'bonett-price',
    level,
  }
}
