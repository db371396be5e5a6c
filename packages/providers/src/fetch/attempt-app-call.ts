import { EvalsError, type CallAnswer } from '@evals/core'
import { isStreamType } from '../transport/is-stream-type.ts'
import { transportFetch } from '../transport/transport-fetch.ts'
import { unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { failedWith } from './failed-answers.ts'
import { keepAnswer } from './kept-answer.ts'
import { passOn, type StreamDelivery } from './pass-on.ts'
import { isCacheable, newReading, readValue, toCallAnswer, type ReadAnswer } from './read-answer.ts'
import { shownReason } from './shown-reason.ts'
import { tellsFailure } from './stream-failures.ts'

/** One attempt at an application's call. */
export interface AppAttempt extends StreamDelivery {
  readonly signal: AbortSignal
}

/** Sends the application's request as it is. */
export async function attemptAppCall({ call, signal, ...delivery }: AppAttempt): Promise<CallAnswer<ReadAnswer>> {
  const response = await transportFetch(call.url, { ...call.init, signal })
  const isStream = isStreamType(response.headers.get('content-type') ?? '') && response.body !== null
  if (response.ok && isStream) return passOn(response, { call, ...delivery })
  const answer = await keepAnswer(response)
  const value = parsed(answer.body)
  const failure = [value].flat().find(tellsFailure)
  const reason = (): string => shownReason(failure ?? value, { body: answer.body, call })
  if (!response.ok) throw failedWith(new EvalsError('EVALS_MODEL_UNAVAILABLE', reason()), answer)
  if (value === undefined || failure !== undefined) {
    const what = value === undefined ? 'it is no JSON, but' : 'it tells of an error:'
    throw failedWith(unreadableAnswer(call.model, `${what} ${JSON.stringify(reason())}`), answer)
  }
  const reading = newReading()
  readValue(call, value, reading)
  return toCallAnswer(call, reading, { ...answer, isCacheable: isCacheable(reading) })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
