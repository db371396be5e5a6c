import { EvalsError, type EvalsErrorCode } from '@evals/core'

/** What a test fails with whose message says all there is to say: where in this package it was thrown helps nobody. */
export function testFailure(
  code: EvalsErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>>,
): EvalsError {
  const error = new EvalsError(code, message, { details })
  error.stack = `${error.name}: ${message}`
  return error
}
