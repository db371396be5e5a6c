import { EvalsError } from '../errors.ts'

/** A call that has somewhere else to go, or cannot wait, and is not made. */
export function circuitOpen(): EvalsError {
  return new EvalsError(
    'EVALS_CIRCUIT_OPEN',
    'The server of this model has failed many times in a row and is taken to be down, so the call was not made. Try again later.',
  )
}

/** A call that has waited as long as it may. */
export function waitedTooLong(deadlineMs: number): EvalsError {
  return new EvalsError(
    'EVALS_LIMITER_DEADLINE',
    `The call found no slot within ${deadlineMs} ms. Raise \`maxWait\`, or the account's limits.`,
    { details: { deadlineMs } },
  )
}

/** A call that could not be made before its time is over, since the server has asked for a pause. */
export function pausedTooLong(pausedMs: number, deadlineMs: number): EvalsError {
  const seconds = (ms: number): string => Math.round(ms / 1000).toLocaleString('en')
  return new EvalsError(
    'EVALS_LIMITER_DEADLINE',
    `The server has asked for no calls in the next ${seconds(pausedMs)} s, and this one may wait ${seconds(deadlineMs)} s. Run again later, or raise \`maxWait\`.`,
    { details: { deadlineMs, pausedMs } },
  )
}
