import type { CallAnswer } from '@evals/core'
import type { AppCall } from './app-call.ts'
import type { KeptAnswer } from './kept-answer.ts'
import { objectIn, type AnswerReading } from './wire-format.ts'

/** An answer, and whether the cache may have it: if all of it came, and no filter stopped it. */
export interface ReadAnswer extends KeptAnswer {
  readonly isCacheable: boolean
}

/** A reading of which nothing has come. */
export function newReading(): AnswerReading {
  return { usage: {}, text: '', isWhole: false, isOver: false }
}

/** Takes in one value: a whole answer, a list of them, or an event of a stream. */
export function readValue({ format }: AppCall, value: unknown, reading: AnswerReading): void {
  if (value === '[DONE]') reading.isOver = true
  else if (Array.isArray(value)) for (const one of value) format.read(objectIn(one), reading)
  else format.read(objectIn(value), reading)
}

/** Whether the answer that was read may be given again. */
export function isCacheable({ isWhole, isFiltered }: AnswerReading): boolean {
  return isWhole && isFiltered !== true
}

/** What the path is told of an answer. */
export function toCallAnswer(
  call: AppCall,
  { model, usage, text }: AnswerReading,
  result: ReadAnswer,
): CallAnswer<ReadAnswer> {
  const requestId = result.headers['x-request-id'] ?? result.headers['request-id']
  return {
    result,
    ...(model ? { model: call.model.replace(/:.*$/s, `:${model}`) } : {}),
    usage,
    ...(requestId === undefined ? {} : { requestId }),
    shown: { text },
  }
}
