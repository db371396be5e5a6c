import type { FinishReason, GenerateOptions, ModelResponseFields } from '@evals/core'
import { unreadableAnswer } from './unreadable-answer.ts'

/** What a structured answer is read from. */
export interface StructuredAnswer {
  /** For example `anthropic:claude-sonnet-5`. */
  readonly model: string
  readonly text: string
  readonly finishReason: FinishReason
  readonly options: GenerateOptions
}

/**
 * The `object` of an answer, where a schema asked for one. An answer that was cut off, filtered or is a tool call has none.
 * @throws ModelCallError `EVALS_MODEL_ANSWER_INVALID`, to be tried again, for an answer that is not JSON
 */
export function structuredAnswer({
  model,
  text,
  finishReason,
  options: { schema },
}: StructuredAnswer): Pick<ModelResponseFields, 'object'> {
  if (schema === undefined || finishReason !== 'stop') return {}
  try {
    return { object: JSON.parse(text) as unknown }
  } catch (error) {
    throw unreadableAnswer(model, `a schema asked for JSON, and it is ${JSON.stringify(text.slice(0, 200))}`, error)
  }
}
