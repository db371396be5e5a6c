import {
  EvalsError,
  toStoredError,
  type EvalsErrorCode,
  type GenerateOptions,
  type LanguageModel,
  type ModelChunk,
  type ModelResponse,
  type Prompt,
  type StoredError,
} from '@evals/core'

/**
 * A model that asks several, one after the other, until one answers. The response's `model` says who did; each call that
 * failed is recorded with its error. A model fails when its own retries have: the next one is asked after that.
 *
 * A spent budget, the end of the sample and an abort are nobody's failure: then no other model is asked.
 * @throws (from a call) the error of the last model, whose `attempts` are those of the models before it
 * @example fallback(openai('gpt-5'), anthropic('claude-sonnet-5'))
 */
export function fallback(first: LanguageModel, ...others: readonly LanguageModel[]): LanguageModel {
  return {
    provider: 'fallback',
    // A role among them may be re-pointed later.
    get modelId() {
      return [first, ...others].map(({ provider, modelId }) => `${provider}:${modelId}`).join(',')
    },
    generate: (prompt, options = {}) => generateInTurn({ model: first, others, prompt, options, earlier: [] }),
    stream: (prompt, options = {}) => streamInTurn({ model: first, others, prompt, options, earlier: [] }),
  }
}

interface Turn {
  readonly model: LanguageModel
  readonly others: readonly LanguageModel[]
  readonly prompt: Prompt
  readonly options: GenerateOptions
  /** How the models before this one failed. */
  readonly earlier: readonly StoredError[]
}

async function generateInTurn(turn: Turn): Promise<ModelResponse> {
  try {
    return await turn.model.generate(turn.prompt, turn.options)
  } catch (error) {
    return generateInTurn(turnAfter(turn, error))
  }
}

async function* streamInTurn(turn: Turn): AsyncGenerator<ModelChunk> {
  let hasText = false
  try {
    for await (const chunk of turn.model.stream(turn.prompt, turn.options)) {
      hasText = chunk.type === 'text'
      yield chunk
    }
  } catch (error) {
    const next = turnAfter(turn, error)
    if (hasText) yield { type: 'restart' }
    yield* streamInTurn(next)
  }
}

/** Nobody else could answer then, or should. */
const finalCodes: readonly EvalsErrorCode[] = [
  'EVALS_SAMPLE_TIMEOUT',
  'EVALS_SAMPLE_CANCELLED',
  'EVALS_SAMPLE_LIMIT',
  'EVALS_SAMPLE_MAX_WAIT',
  'EVALS_BUDGET_SPENT',
  'EVALS_PRICE_UNKNOWN',
]

/** @throws the error, with those before it, where no other model is to be asked */
function turnAfter({ others: [next, ...others], earlier, ...turn }: Turn, error: unknown): Turn {
  const isFinal = EvalsError.isInstance(error) && finalCodes.includes(error.code)
  if (isFinal || turn.options.signal?.aborted === true) throw error
  if (next !== undefined) return { ...turn, model: next, others, earlier: [...earlier, toStoredError(error)] }
  if (!(error instanceof Error) || earlier.length === 0) throw error
  const own = 'attempts' in error && Array.isArray(error.attempts) ? (error.attempts as readonly StoredError[]) : []
  throw Object.assign(error, { attempts: [...earlier, ...own] })
}
