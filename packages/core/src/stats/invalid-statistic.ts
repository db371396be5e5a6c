import { EvalsError } from '../errors.ts'

/** What every statistic throws for numbers it is not defined for: `EVALS_STATISTIC_INVALID`. */
export function invalidStatistic(message: string, details: Readonly<Record<string, unknown>>): EvalsError {
  return new EvalsError('EVALS_STATISTIC_INVALID', message, { details })
}

/**
 * Lets finite numbers pass.
 *
 * @param what names the values in the message, for example `a difference`
 * @throws EvalsError `EVALS_STATISTIC_INVALID` at the first other value
 */
export function checkFinite(values: readonly number[], what: string): void {
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      throw invalidStatistic(`${what} must be a finite number, not ${value} (at index ${index})`, { value, index })
    }
  }
}

/**
 * Lets two lists of one length pass.
 *
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for different lengths
 */
export function checkPaired(first: readonly unknown[], second: readonly unknown[], what: string): void {
  if (first.length === second.length) return
  throw invalidStatistic(`${what} must be lists of one length, not ${first.length} and ${second.length} long`, {
    lengths: [first.length, second.length],
  })
}

/**
 * Lets a probability strictly between 0 and 1 pass.
 *
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for anything else
 */
export function checkShare(name: string, value: number): void {
  if (value > 0 && value < 1) return
  throw invalidStatistic(`${name} must lie strictly between 0 and 1, not ${value}`, { [name]: value })
}
