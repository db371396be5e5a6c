import type { EvalEstimate, ExpectedTotal } from '@evals/core'

/** Why a figure has no interval: it is the same in all samples, or there can be none of any figure. */
export type Spread = 'equal' | 'single' | 'batched'

/** Why an eval's figures have no intervals. */
export const noIntervals: Readonly<Record<Exclude<Spread, 'equal'>, string>> = {
  single:
    'One scored sample says nothing of how samples differ, so its figures have no intervals. Take a larger pilot.',
  batched: 'The samples of a batch share its calls and its time, so there are no intervals.',
}

/** Why those figures of an eval that have no interval have none. */
export function spreadOf({ samples, batched }: EvalEstimate): Spread {
  if (samples === 1) return 'single'
  return batched ? 'batched' : 'equal'
}

/** How a total is shown. */
export interface ShownTotal {
  format(value: number): string
  readonly spread: Spread
  readonly unit?: string | undefined
}

/** `1.1M tokens (1.07M to 1.12M)`; without an interval that says something, `about 10,000` and, if it is by itself, why. */
export function showTotal({ value, interval }: ExpectedTotal, { format, spread, unit = '' }: ShownTotal): string {
  const shown = `${format(value)}${unit}`
  const ends = interval === null ? [] : [format(interval.lower), format(interval.upper)]
  if (ends[0] !== ends[1]) return `${shown} (${ends.join(' to ')})`
  return `about ${shown}${spread === 'equal' ? ' (the same in each sample)' : ''}`
}
