import { didYouMean, EvalsError } from '@evals/core'
import { optionInvalid } from './option-invalid.ts'

const known = ['tokens', 'turns', 'costUsd']

/** @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID` */
export function checkLimits(limits: unknown): void {
  if (limits === undefined) return
  if (typeof limits !== 'object' || limits === null || Array.isArray(limits)) {
    throw optionInvalid('limits', limits, 'an object such as { tokens: 10_000, turns: 8, costUsd: 0.05 }')
  }
  for (const [name, value] of Object.entries(limits)) {
    if (!known.includes(name)) {
      throw new EvalsError(
        'EVALS_OPTION_UNKNOWN',
        `Unknown limit "${name}" of an eval.${didYouMean(name, known)} The limits are ${known.join(', ')}.`,
        { details: { option: `limits.${name}` } },
      )
    }
    const isWhole = name !== 'costUsd'
    const valid = Number.isFinite(value) && value > 0 && (!isWhole || Number.isInteger(value))
    if (value !== undefined && !valid) {
      throw optionInvalid(`limits.${name}`, value, isWhole ? 'a whole number from 1' : 'US dollars above 0')
    }
  }
}
