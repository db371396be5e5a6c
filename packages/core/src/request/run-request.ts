import type { ModelCall } from '../record/record.ts'
import { toStoredError } from '../record/stored-error.ts'
import { currentAborts, currentSampleScope } from '../sample/current-sample.ts'
import type { SampleScope } from '../sample/sample-scope.ts'
import { withoutUndefined } from '../without-undefined.ts'
import type { CacheUse, CallAnswer, ModelRequest } from './model-request.ts'
import { attemptUntilAnswered, type CallSetting } from './attempt-until-answered.ts'
import type { CallCache } from './call-cache.ts'
import { CallProgress } from './call-progress.ts'
import { costOf } from '../price/price.ts'
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
  const setting = { engine, scope, signal, progress: new CallProgress(engine.clock, scope?.waits) }
  if (scope === undefined) return (await answerOf(request, setting)).result
  return recorded(request, { ...setting, scope })
}

async function recorded<Result>(
  request: ModelRequest<Result>,
  setting: CallSetting & { readonly scope: SampleScope },
): Promise<Result> {
  const { scope, progress, signal } = setting
  const { purpose } = scope
  const { failed } = progress
  const question = request.shown
  const soFar = (): Omit<ModelCall, 'cached' | 'usage'> => ({
    purpose,
    model: request.model,
    durationMs: Math.round(progress.durationMs),
    queuedMs: Math.round(progress.queuedMs),
    retries: failed.length,
  })
  const endedBy = (error: unknown): ModelCall => {
    // Known where the model is free.
    const costUsd = progress.mayBeBilled ? costOf({}, request.price) : 0
    return {
      ...soFar(),
      cached: false,
      usage: {},
      ...(costUsd === undefined ? {} : { costUsd }),
      // Who waited for an identical call has its error, and no attempts of its own.
      error: failed.length > 0 ? toStoredError(error, failed) : toStoredError(error),
    }
  }
  const close = scope.waits.openCall()
  const end = scope.openCall({ question, signal, failed, endedBy })
  try {
    const { result, cached, ...answer } = await answerOf(request, setting)
    const costUsd = cached ? 0 : (answer.costUsd ?? costOf(answer.usage, request.price))
    const { model = request.model, usage, requestId } = answer
    const { firstTokenMs } = progress
    const call = { ...soFar(), ...withoutUndefined({ model, firstTokenMs, cached, usage, costUsd, requestId }) }
    end(call, { question, answer: answer.shown, raw: answer.raw })
    return result
  } catch (error) {
    end(endedBy(error), { question })
    throw error
  } finally {
    close()
  }
}

type GivenAnswer<Result> = CallAnswer<Result> & { readonly cached: boolean }

/** From the cache where there is one and it has the answer, else from the model. */
async function answerOf<Result>(request: ModelRequest<Result>, setting: CallSetting): Promise<GivenAnswer<Result>> {
  const { engine, scope } = setting
  if (engine.cache === undefined || request.cache === undefined) {
    return { ...(await attemptUntilAnswered(request, setting)), cached: false }
  }
  const { cache } = request
  const place = scope?.ordinals.take(cache.identity)
  try {
    return await cachedAnswerOf(request, setting, { calls: engine.cache, use: cache, ordinal: place?.ordinal ?? 0 })
  } catch (error) {
    // The next run, too, looks for the first answer in the first place.
    place?.giveBack()
    throw error
  }
}

async function cachedAnswerOf<Result>(
  request: ModelRequest<Result>,
  setting: CallSetting,
  { calls, use, ordinal }: { calls: CallCache; use: CacheUse<Result>; ordinal: number },
): Promise<GivenAnswer<Result>> {
  const { scope, signal, progress } = setting
  const call = { model: request.model, identity: use.identity, epoch: scope?.epoch ?? 0, ordinal }
  let made: CallAnswer<Result> | undefined
  const { stored, cached } = await calls.answer(call, {
    signal,
    waiting: (work) => progress.wait(work),
    async make(shared) {
      made = await attemptUntilAnswered(request, { ...setting, signal: shared })
      const result = use.store(made.result)
      const { raw: _raw, ...kept } = made
      return result === undefined ? undefined : { ...kept, result }
    },
  })
  if (made !== undefined && !cached) return { ...made, cached }
  const kept = stored as CallAnswer<unknown>
  return { ...kept, result: use.restore(kept.result), cached }
}

/** The caller's, and the sample's whose call it is. */
function signalOf({ signal }: ModelRequest<unknown>, scope: SampleScope | undefined): AbortSignal {
  const signals = [signal, scope?.aborts.signal, currentAborts()?.signal].filter((one) => one !== undefined)
  return signals.length === 1 ? signals[0]! : AbortSignal.any(signals)
}
