import { EvalsError, messageOf } from '@evals/core'

/**
 * Checks that `redact` can be rebuilt from its source, as the workers do.
 * @throws EvalsError `EVALS_OPTION_INVALID`
 */
export function checkRedact(redact: unknown, where: string): void {
  try {
    if (typeof redact !== 'function') throw new TypeError(`it is a ${typeof redact}`)
    // oxlint-disable-next-line no-implied-eval, no-new-func -- the user's own configuration; only parsed here
    new Function(`return (${String(redact)})`)
  } catch (error) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `The option "redact" in ${where} cannot be sent to the workers: ${messageOf(error)}. Write it as a function expression: redact: (record) => ({ ...record, input: null }).`,
      { cause: error },
    )
  }
}
