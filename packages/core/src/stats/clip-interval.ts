import type { Interval } from './estimate.ts'

/** The part of an interval that lies among the possible values. */
export function clipInterval(interval: Interval, [least, greatest]: readonly [number, number]): Interval {
  return { ...interval, lower: Math.max(least, interval.lower), upper: Math.min(greatest, interval.upper) }
}
