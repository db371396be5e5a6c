import { fisherDifference, fisherSampleSize } from '../stats/fisher-plan.ts'
import { fisherTest } from '../stats/fisher-test.ts'
import { minimumDetectableDifference, sampleSize, type GradedDesign } from '../stats/power.ts'
import type { ScoreDifference } from '../stats/score-difference.ts'
import { orient } from './judge-verdict.ts'
import type { PairedColumn } from './pair-column.ts'
import type { ScoreComparison, Verdict } from './score-comparison.ts'

/** What a plan is made for. */
export interface PlanContext {
  readonly verdict: Verdict
  readonly column: Pick<PairedColumn, 'direction' | 'range' | 'scored'>
  readonly settings: { readonly alpha: number; readonly tests: number; readonly margin?: number }
}

/**
 * What a comparison could have seen, and what it would take to settle it, with power 0.8 at α/tests: what Holm's method
 * asks of the least p-value, so a difference of this size is seen whatever the other tests say.
 *
 * `minimumDetectableDifference` is `null` where so few samples can have no p-value that low, or scores that spread so
 * cannot differ that much. `samplesNeeded` takes the difference as it was observed; with a margin also its distance from
 * −margin, whichever is settled sooner; it is more than there were.
 */
export function planFor(
  measured: ScoreDifference | null,
  { verdict, column, settings }: PlanContext,
): Pick<ScoreComparison, 'minimumDetectableDifference' | 'samplesNeeded'> {
  if (measured === null || measured.design === null) return { minimumDetectableDifference: null, samplesNeeded: null }
  const alpha = settings.alpha / Math.max(1, settings.tests)
  const context = { verdict, column, settings, alpha }
  return {
    minimumDetectableDifference: detectable(measured, measured.design, context),
    samplesNeeded: verdict === 'inconclusive' ? needed(measured, measured.design, context) : null,
  }
}

/** With the α of each test. */
type TestedContext = PlanContext & { readonly alpha: number }
type Design = NonNullable<ScoreDifference['design']>

function detectable({ test }: ScoreDifference, design: Design, { column, alpha }: TestedContext): number | null {
  const { range, scored } = column
  const sides = [scored.base.length, scored.other.length] as const
  if (leastPValue(test, design.n, sides) > alpha) return null
  const approximate = minimumDetectableDifference({ ...design, alpha })
  if (approximate === null) return null
  const least = test === 'fisher' ? fisherDifference(approximate, sides) : approximate
  return least <= range[1] - range[0] ? least : null
}

function needed(
  { test, difference }: ScoreDifference,
  design: Design,
  { column, settings, alpha }: TestedContext,
): number | null {
  const { value, n } = difference
  const [, improvement] = orient(difference, column.direction)
  const { margin = Infinity } = settings
  const needs: number[] = []
  if (value !== 0) {
    const units = sampleSize({ ...design, alpha, delta: Math.abs(value) })
    needs.push(Math.max(test === 'fisher' ? fisherSampleSize(units, value) : units, leastUnits(test, alpha)))
  }
  if (improvement > -margin && margin < Infinity) {
    needs.push(sampleSize({ ...spreadOf(design, value), alpha: settings.alpha, delta: improvement + margin }))
  }
  // The design counts independent units, which are clusters where there are some.
  const units = Math.max(design.n + 1, Math.min(...needs))
  return needs.length === 0 ? null : Math.ceil((units * n) / design.n)
}

/** The variance that the interval goes by: of pass/fail results that of `adjustedShares`, which is never 0. */
function spreadOf(design: Design, value: number): GradedDesign {
  if (!('discordant' in design)) return design
  const shrunk = (value * design.n) / (design.n + 2)
  return { differenceVariance: design.discordant - shrunk * shrunk }
}

/** The least number of units, on either side, of which the test can have a p-value of at most `alpha`. */
function leastUnits(test: ScoreDifference['test'], alpha: number): number {
  let units = 1
  while (leastPValue(test, units, [units, units]) > alpha) units += 1
  return units
}

/** The least p-value that a test can have, whatever the scores; 0 where its power tells, or there is no least one. */
function leastPValue(
  test: ScoreDifference['test'],
  units: number,
  [base, other]: readonly [n: number, n: number],
): number {
  // All signs of u units agree in 2 of 2ᵘ patterns.
  if (test === 'sign-flip') return 2 ** (1 - units)
  return test === 'fisher' ? fisherTest({ successes: 0, n: base }, { successes: other, n: other }) : 0
}
