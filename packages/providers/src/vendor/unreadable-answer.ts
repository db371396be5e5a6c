import { currentAttemptReport, ModelCallError } from '@evals/core'

/**
 * The server said that all is well, but what it sent is no answer; such a call is tried again.
 * @param model for example `ollama:llama3.2`
 * @param why what is wrong with it, as a clause
 */
export function unreadableAnswer(model: string, why: string, cause?: unknown): ModelCallError {
  const { status, headers } = currentAttemptReport() ?? {}
  const requestId = headers?.['x-request-id'] ?? headers?.['request-id']
  return new ModelCallError(
    'EVALS_MODEL_ANSWER_INVALID',
    `${model} sent an answer that cannot be read: ${why}. Run again later.`,
    {
      fault: 'fault',
      model,
      ...(status === undefined ? {} : { status }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(cause === undefined ? {} : { cause }),
    },
  )
}

/**
 * The server sent something else, as a proxy may, or an error with status 200; such a call is tried again.
 * @param expected what it should have been, for example `message`
 */
export function otherAnswer(model: string, expected: string, answer: unknown): ModelCallError {
  return unreadableAnswer(model, `it is no ${expected}, but ${JSON.stringify(answer) ?? 'empty'}`)
}
