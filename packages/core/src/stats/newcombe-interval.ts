import type { Interval } from './estimate.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** Successes of trials. */
export interface Proportion {
  readonly successes: number
  /** At least 1. */
  readonly n: number
}

/**
 * The interval of the difference p₁ − p₂ of two independent proportions, Newcombe's hybrid score interval (Statistics
 * in Medicine 17, 1998, method 10), from the Wilson intervals [lᵢ, uᵢ] of both:
 *
 *   p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²)  to  p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²)
 *
 * @param options.level confidence level, default 0.95
 * @throws EvalsError `EVALS_STATISTIC_INVALID` as `wilsonInterval`
 */
export function newcombeInterval(
  first: Proportion,
  second: Proportion,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  const [one, two] = [first, second].map(({ successes, n }) => wilsonInterval(successes, n, { level }))
  const [p1, p2] = [first.successes / first.n, second.successes / second.n]
  return {
    lower: p1 - p2 - Math.hypot(p1 - one!.lower, two!.upper - p2),
    upper: p1 - p2 + Math.hypot(one!.upper - p1, p2 - two!.lower),
    method: 'newcombe',
    level,
  }
}
