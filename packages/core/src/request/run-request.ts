import { toStoredError } from '../record/stored-error.ts'
import { currentAborts, currentSampleScope, type SampleScope } from '../sample/sample-scope.ts'
import { ModelCallError } from './call-error.ts'
import type { CallAnswer, ModelRequest } from './model-request.ts'
import { attemptUntilAnswered, type CallSetting } from './attempt-until-answered.ts'
import { countedWait } from './counted-wait.ts'
import { costOf } from './price.ts'
import { requestEngine } from './request-engine.ts'

/**
 * Makes one model call: cache, limiter, circuit breaker, timeout, transport, with retries around the last four. The call
 * is recorded for the sample whose task or scorer makes it.
 * @throws ModelCallError of the last attempt; EvalsError of the limiter, the cache and the sample's limits
 */
export async function runRequest<Result>(request: ModelRequest<Result>): Promise<Result> {
  const scope = currentSampleScope()
  const signal = signalOf(request, scope)
  if (scope?.purpose === 'score') await scope.beforeScoreCall()
  else scope?.admitCall(request)
  const engine = await requestEngine()
  signal.throwIfAborted()
  const setting = { engine, scope, signal, progress: { queuedMs: 0, retries: 0 } }
  if (scope === undefined) return (await answerOf(request, setting)).result
  return recorded(request, { ...setting, scope })
}

async function recorded<Result>(
  request: ModelRequest<Result>,
  setting: CallSetting & { readonly scope: SampleScope },
): Promise<Result> {
  const { engine, scope, progress } = setting
  const { purpose } = scope
  const startedAt = engine.clock.now()
  const close = scope.waits.openCall()
  const call = (): { purpose: typeof purpose; durationMs: number; queuedMs: number; retries: number } => ({
    purpose,
    durationMs: Math.round(engine.clock.now() - startedAt - progress.queuedMs),
    queuedMs: Math.round(progress.queuedMs),
    retries: progress.retries,
  })
  try {
    const { result, cached, ...answer } = await answerOf(request, setting)
    const costUsd = cached ? 0 : (answer.costUsd ?? costOf(answer.usage, request.price))
    scope.addCall(
      {
        ...call(),
        model: answer.model ?? request.model,
        ...(progress.firstTokenMs === undefined ? {} : { firstTokenMs: progress.firstTokenMs }),
        cached,
        usage: answer.usage,
        ...(costUsd === undefined ? {} : { costUsd }),
        ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
      },
      { question: request.shown, answer: answer.shown },
    )
    return result
  } catch (error) {
    scope.addCall(
      {
        ...call(),
        model: request.model,
        cached: false,
        usage: {},
        ...costOfFailure(error),
        error: toStoredError(error),
      },
      { question: request.shown },
    )
    throw error
  } finally {
    close()
  }
}

/** From the cache where there is one and it has the answer, else from the model. */
async function answerOf<Result>(
  request: ModelRequest<Result>,
  setting: CallSetting,
): Promise<CallAnswer<Result> & { readonly cached: boolean }> {
  const { engine, scope, signal } = setting
  const { cache, model } = request
  if (engine.cache === undefined || cache === undefined) {
    return { ...(await attemptUntilAnswered(request, setting)), cached: false }
  }
  const { identity } = cache
  const call = { model, identity, epoch: scope?.epoch ?? 0, ordinal: scope?.ordinalOf(identity) ?? 0 }
  let made: CallAnswer<Result> | undefined
  const { stored, cached } = await engine.cache.answer(call, {
    signal,
    waiting: (work) => countedWait(work, setting),
    async make(shared) {
      made = await attemptUntilAnswered(request, { ...setting, signal: shared })
      const result = cache.store(made.result)
      return result === undefined ? undefined : { ...made, result }
    },
  })
  if (made !== undefined && !cached) return { ...made, cached }
  const kept = stored as CallAnswer<unknown>
  return { ...kept, result: cache.restore(kept.result), cached }
}

/** Nobody bills a call that the server did not answer; what one cost that was cut off is unknown. */
function costOfFailure(error: unknown): { costUsd?: number } {
  return error instanceof ModelCallError && error.details['status'] !== undefined ? { costUsd: 0 } : {}
}

/** The caller's, and the sample's whose call it is. */
function signalOf({ signal }: ModelRequest<unknown>, scope: SampleScope | undefined): AbortSignal {
  const signals = [signal, scope?.aborts.signal, currentAborts()?.signal].filter((one) => one !== undefined)
  return signals.length === 1 ? signals[0]! : AbortSignal.any(signals)
}
