import { EvalsError } from '@evals/core'

/** An `EVALS_OPTION_INVALID` about an option of an eval. @param expected what it must be */
export function optionInvalid(option: string, value: unknown, expected: string): EvalsError {
  // A text that holds a number must not look like one.
  const shown = typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value) : String(value)
  return new EvalsError(
    'EVALS_OPTION_INVALID',
    `The option "${option}" of an eval is ${shown}; it must be ${expected}.`,
    { details: { option, value } },
  )
}
