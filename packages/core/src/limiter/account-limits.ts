import { didYouMean, EvalsError } from '../errors.ts'

/** What an account may use of a model, as the user knows it. The limiter keeps below it, and still finds out what is less. */
export interface AccountLimits {
  /** Starts are spread evenly over each minute. */
  readonly requestsPerMinute?: number
  /** Input and output tokens together; a call counts by estimate until it has ended. */
  readonly tokensPerMinute?: number
  /** Most calls in flight. */
  readonly maxConnections?: number
}

const names = ['requestsPerMinute', 'tokensPerMinute', 'maxConnections'] as const

/** @throws EvalsError `EVALS_OPTION_UNKNOWN`; `EVALS_OPTION_INVALID` for what would let no call start, or is no limit */
export function checkAccountLimits(limits: AccountLimits): void {
  const unknown = Object.keys(limits).find((name) => names.every((known) => known !== name))
  if (unknown !== undefined) {
    const message = `A model's \`limits\` have no "${unknown}".${didYouMean(unknown, names)} They are ${names.join(', ')}.`
    throw new EvalsError('EVALS_OPTION_UNKNOWN', message, { details: { option: `limits.${unknown}` } })
  }
  for (const name of names) {
    const value = limits[name]
    const isCount = name === 'maxConnections'
    const isNumber = isCount ? Number.isInteger : Number.isFinite
    if (value === undefined || (isNumber(value) && value > 0)) continue
    const wanted = isCount ? 'a whole number from 1' : 'a number above 0'
    throw new EvalsError('EVALS_OPTION_INVALID', `A model's \`limits.${name}\` must be ${wanted}, not ${value}.`, {
      details: { option: `limits.${name}`, value },
    })
  }
}
