import { systemClock, type Clock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import { withRetries } from '../request/retry-scope.ts'
import type { GenerateOptions, LanguageModel, ModelChunk, ModelResponse, Prompt } from './language-model.ts'
import { faultOf, PoolCall, type PoolAttempt } from './pool-call.ts'
import { PoolMember } from './pool-member.ts'

/** Settings of a {@link pool}. */
export interface PoolOptions {
  /** Ms for which a model is avoided after three failures in a row; they double each time, up to a minute. Default 1000. */
  readonly cooldownMs?: number
  readonly clock?: Clock
}

/**
 * Several models, normally replicas of one, as one: each call goes to the one with the fewest calls in flight. When a
 * model fails a call (server, network, no answer in time) another one takes it; one that keeps failing is avoided for a
 * while. Each model keeps its own limiter key.
 * @throws EvalsError `EVALS_OPTION_INVALID` without any model
 */
export function pool(
  models: readonly LanguageModel[],
  { cooldownMs = 1000, clock = systemClock }: PoolOptions = {},
): LanguageModel {
  const [only, ...others] = models
  if (only === undefined) {
    throw new EvalsError('EVALS_OPTION_INVALID', 'A pool got no models; give it at least one.')
  }
  if (others.length === 0) return only
  const members = models.map((model) => new PoolMember(model, { clock, cooldownMs }))
  // The pools of several workers must not all begin with the same one.
  let turn = Math.floor(Math.random() * members.length)
  const startCall = (): PoolCall => new PoolCall(members, (turn = (turn + 1) % members.length))
  const { provider, modelId } = only

  async function generate(prompt: Prompt, options?: GenerateOptions): Promise<ModelResponse> {
    const call = startCall()
    while (true) {
      const attempt = call.next()
      try {
        const response = await withRetries(attempt.retries, () => attempt.member.model.generate(prompt, options))
        attempt.end('answered')
        return response
      } catch (error) {
        endFailed(attempt, error)
        if (!call.goesOn(error)) throw error
      }
    }
  }

  async function* stream(prompt: Prompt, options?: GenerateOptions): AsyncGenerator<ModelChunk> {
    const call = startCall()
    while (true) {
      const attempt = call.next()
      let ended = false
      try {
        yield* streamWithRetries(attempt, prompt, options)
        attempt.end('answered')
        ended = true
        return
      } catch (error) {
        endFailed(attempt, error)
        ended = true
        if (!call.goesOn(error)) throw error
        yield { type: 'restart' }
      } finally {
        // The reader may have left before the end.
        if (!ended) attempt.end('left')
      }
    }
  }

  return { provider, modelId, generate, stream }
}

function endFailed(attempt: PoolAttempt, error: unknown): void {
  attempt.end(faultOf(error) === undefined ? 'left' : 'failed')
}

/** A generator runs in the context of whoever asks for its next item. */
async function* streamWithRetries(
  { member, retries }: PoolAttempt,
  prompt: Prompt,
  options: GenerateOptions | undefined,
): AsyncGenerator<ModelChunk> {
  const chunks = member.model.stream(prompt, options)[Symbol.asyncIterator]()
  try {
    while (true) {
      const chunk = await withRetries(retries, () => chunks.next())
      if (chunk.done === true) return
      yield chunk.value
    }
  } finally {
    await chunks.return?.()
  }
}
