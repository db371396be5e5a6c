import { messageOf, ModelCallError } from '@evals/core'
import type { AppCall } from './app-call.ts'
import { shownReason } from './shown-reason.ts'
import { objectIn } from './wire-format.ts'

const notTriedAgain = 'Its beginning is with the application, so it was not tried again.'

/** Whether an answer, or an event of a stream, tells that the answer fails; all wire formats say it much the same. */
export function tellsFailure(told: unknown): boolean {
  const { type, error, response } = objectIn(told)
  return type === 'error' || Boolean(error ?? objectIn(response)['error'])
}

/** For a stream in which the server told of an error. */
export function toldFailure(call: AppCall, event: unknown): ModelCallError {
  const { model } = call
  const reason = shownReason(event, { body: JSON.stringify(event), call }).replace(/\.$/, '')
  return new ModelCallError(
    'EVALS_MODEL_UNAVAILABLE',
    `${model} ended the stream with an error: ${reason}. ${notTriedAgain}`,
    { fault: 'fatal', model },
  )
}

/** For a stream that came to its end, but the answer did not. */
export function endedEarly({ model }: AppCall): ModelCallError {
  return new ModelCallError(
    'EVALS_MODEL_ANSWER_INVALID',
    `${model}: the stream ended before the answer did. ${notTriedAgain}`,
    { fault: 'fatal', model },
  )
}

/** For a stream that failed, with the reason. */
export function brokenOff({ model }: AppCall, error: unknown): ModelCallError {
  if (error instanceof ModelCallError) return error
  return new ModelCallError(
    'EVALS_MODEL_UNAVAILABLE',
    `${model}: the stream broke off: ${messageOf(error)}. ${notTriedAgain}`,
    { fault: 'fatal', model, cause: error },
  )
}
