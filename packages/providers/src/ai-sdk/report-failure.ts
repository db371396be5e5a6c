import { currentAttemptReport, EvalsError, messageOf, type ResponseHeaders } from '@evals/core'
import { missingCapability } from '../vendor/capability.ts'
import { shortenError } from '../vendor/shorten-error.ts'

/** What the AI SDK's errors have, whichever copy of it threw them. */
interface AiSdkFailure {
  readonly name?: unknown
  readonly statusCode?: unknown
  readonly responseHeaders?: ResponseHeaders
}

// They can only come from an answer.
const unreadable = [
  'AI_EmptyResponseBodyError',
  'AI_InvalidResponseDataError',
  'AI_JSONParseError',
  'AI_NoContentGeneratedError',
  'AI_TypeValidationError',
]

/** Tells the running attempt that an answer came, where the user's own `fetch` did not. */
export function reportAnswer(headers: ResponseHeaders | undefined): void {
  const report = currentAttemptReport()
  if (report === undefined) return
  report.sent = true
  report.status ??= 200
  if (headers !== undefined) report.headers ??= headers
  report.firstByteAt ??= performance.now()
}

/**
 * Tells the running attempt what an error knows of the server's answer, and cuts messages of more than 1,000 characters.
 * @returns the error, or the `EvalsError` that says the same of a call that was never sent
 */
export function reportFailure(thrown: unknown, model: string): unknown {
  shortenError(thrown)
  const { name, statusCode, responseHeaders } = (thrown ?? {}) as AiSdkFailure
  const report = currentAttemptReport() ?? {}
  if (name === 'AI_APICallError' || typeof statusCode === 'number') {
    report.sent = true
    if (typeof statusCode === 'number') report.status = statusCode
    if (responseHeaders !== undefined) report.headers ??= responseHeaders
  } else if (unreadable.includes(String(name))) {
    reportAnswer(undefined)
  } else if (name === 'AI_UnsupportedFunctionalityError') {
    return missingCapability(model, messageOf(thrown))
  } else if (name === 'AI_LoadAPIKeyError') {
    return new EvalsError('EVALS_MODEL_KEY_MISSING', `${model}: ${messageOf(thrown)}`, {
      cause: thrown,
      details: { model },
    })
  }
  return thrown
}
