import { minimumDetectableDifference, sampleSize } from '../stats/power.ts'
import type { ScoreDifference } from '../stats/score-difference.ts'
import { orient } from './judge-verdict.ts'
import type { ScoreComparison, Verdict } from './score-comparison.ts'

/** What a plan is made for. */
export interface PlanContext {
  readonly verdict: Verdict
  readonly direction: 'higher' | 'lower'
  readonly settings: { readonly alpha: number; readonly tests: number; readonly margin?: number }
}

/**
 * What a comparison could have seen, and what it would take to settle it, with power 0.8 at α/tests: what Holm's method
 * asks of the least p-value, so a difference of this size is seen whatever the other tests say.
 *
 * `samplesNeeded` takes the difference as it was observed; with a margin also its distance from −margin, whichever is
 * settled sooner.
 */
export function planFor(
  measured: ScoreDifference | null,
  { verdict, direction, settings }: PlanContext,
): Pick<ScoreComparison, 'minimumDetectableDifference' | 'samplesNeeded'> {
  const { alpha, tests, margin = Infinity } = settings
  if (measured === null || measured.design === null) return { minimumDetectableDifference: null, samplesNeeded: null }
  const design = { ...measured.design, alpha: alpha / Math.max(1, tests) }
  // All signs of u units agree in 2 of 2ᵘ patterns: no p-value of theirs is lower.
  const leastUnits = measured.test === 'sign-flip' ? Math.ceil(1 - Math.log2(design.alpha)) : 0
  const detectable = design.n < leastUnits ? null : minimumDetectableDifference(design)
  if (verdict !== 'inconclusive') return { minimumDetectableDifference: detectable, samplesNeeded: null }
  const { value, n } = measured.difference
  const [, improvement] = orient(measured.difference, direction)
  const needs: number[] = []
  if (value !== 0) needs.push(sampleSize({ ...design, delta: Math.abs(value) }))
  if (improvement > -margin && margin < Infinity) {
    const variance = 'discordant' in design ? design.discordant - value * value : design.differenceVariance
    needs.push(sampleSize({ differenceVariance: variance, alpha, delta: improvement + margin }))
  }
  // The design counts independent units, which are clusters where there are some.
  const units = Math.max(leastUnits, Math.min(...needs))
  const samplesNeeded = needs.length === 0 ? null : Math.ceil((units * n) / design.n)
  return { minimumDetectableDifference: detectable, samplesNeeded }
}
