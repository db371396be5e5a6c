import { EvalsError, type EvalsErrorCode } from '@evals/core'

/** What the test of a gate fails with. */
export function gateMissed(
  code: EvalsErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>>,
): EvalsError {
  const error = new EvalsError(code, message, { details })
  // It says all there is to say; where in this file it was thrown helps nobody.
  error.stack = `${error.name}: ${message}`
  return error
}
