import { clipInterval } from '../stats/clip-interval.ts'
import { estimateValues } from '../stats/estimate-values.ts'
import type { Estimate } from '../stats/estimate.ts'

/** What is declared of scores. */
export interface Declared {
  readonly kind: 'binary' | 'graded'
  readonly range: readonly [min: number, max: number]
  readonly clusters: readonly string[] | undefined
}

/**
 * The mean of stored scores, its interval cut to the range: a mean lies in it, so the part of a t interval outside says
 * nothing. Scores that an older version of the scorer gave may not be what it declares now; their mean still is a mean,
 * and a note says so.
 */
export function estimateDeclared(values: readonly number[], { kind, range, clusters }: Declared): Estimate | null {
  const [least, greatest] = range
  const isDeclared = (value: number): boolean =>
    value >= least && value <= greatest && (kind === 'graded' || value === 0 || value === 1)
  const own = clusters === undefined ? {} : { clusters }
  if (values.every(isDeclared)) return withinRange(estimateValues(values, { kind, range, ...own }), range)
  const estimate = withinRange(estimateValues(values, { kind: 'graded', ...own }), range)
  return estimate && { ...estimate, note: 'some scores are not what the scorer declares' }
}

function withinRange(estimate: Estimate | null, [least, greatest]: Declared['range']): Estimate | null {
  if (!estimate?.interval || estimate.value < least || estimate.value > greatest) return estimate
  return { ...estimate, interval: clipInterval(estimate.interval, [least, greatest]) }
}
