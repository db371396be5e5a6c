import type { CallOutcome, Slot } from '../limiter/limiter.ts'
import { keyRefused } from '../limiter/key-refused.ts'
import { readRateLimits } from '../limiter/rate-headers.ts'
import { toStoredAttempt } from '../record/stored-error.ts'
import { raceDeadline } from '../sample/race-deadline.ts'
import type { Usage } from '../model/language-model.ts'
import type { SampleScope } from '../sample/sample-scope.ts'
import { EvalsError } from '../errors.ts'
import { onAbort } from '../on-abort.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { withAttemptReport, type AttemptReport } from './attempt-report.ts'
import { ModelCallError } from './call-error.ts'
import type { CallProgress } from './call-progress.ts'
import { CallRetries } from './call-retries.ts'
import type { CallAnswer, ModelRequest } from './model-request.ts'
import { costOf } from '../price/price.ts'
import type { RequestEngine } from './request-engine.ts'
import { scopedPolicy } from './retry-scope.ts'
import { toCallError } from './to-call-error.ts'

/** What one call goes through, and for whom. */
export interface CallSetting {
  readonly engine: RequestEngine
  /** The sample that makes it, if any. */
  readonly scope: SampleScope | undefined
  readonly signal: AbortSignal
  readonly progress: CallProgress
}

/**
 * Attempts a call until a model answers or there is no sense in trying again; no slot is held between attempts. What it
 * ends with has the failures before it as its `attempts`.
 */
export async function attemptUntilAnswered<Result>(
  request: ModelRequest<Result>,
  setting: CallSetting,
): Promise<CallAnswer<Result>> {
  const { signal, progress } = setting
  const { failed } = progress
  try {
    return await attemptAgain(request, setting)
  } catch (error) {
    // The limiter knows of no attempts. A signal's reason belongs to many calls, and errors of others are not ours to change.
    const isOwn = EvalsError.isInstance(error) && error !== signal.reason
    if (isOwn && failed.length > 0) Object.assign(error, { attempts: [...failed] })
    throw error
  }
}

async function attemptAgain<Result>(
  request: ModelRequest<Result>,
  { engine, scope, signal, progress }: CallSetting,
): Promise<CallAnswer<Result>> {
  const { clock, limiter } = engine
  const retry = scopedPolicy(engine.retry)
  const retries = new CallRetries(retry, engine)
  const { failed } = progress
  // Before a slot is held: code that is being loaded moves no bytes, and its time is not the model's.
  if (request.prepare !== undefined) await progress.wait(request.prepare())
  while (true) {
    signal.throwIfAborted()
    const slot = await progress.wait(
      limiter.acquire(request.key, {
        estimate: request.estimate,
        ...withoutUndefined({ limits: request.limits, group: scope?.group }),
        priority: failed.length > 0 || scope?.hasBegun === true ? 'begun' : 'new',
        failFast: retry.retries.fault === 0,
        ...(Number.isFinite(retry.maxWaitMs) ? { deadlineMs: Math.max(0, retry.maxWaitMs - progress.queuedMs) } : {}),
        signal,
      }),
    )
    const mayBeBilled = progress.mayBeBilled
    progress.mayBeBilled = true
    const attempt = await attemptOnce(request, { engine, scope, signal, slot, progress })
    if ('answer' in attempt) return attempt.answer
    const { error, result } = attempt
    // Nobody bills a call that was refused; what one cost that was cut off, or gave no usable answer, is unknown.
    progress.mayBeBilled = mayBeBilled || result === 'unusable' || error.details['status'] === undefined
    signal.throwIfAborted()
    if (scope !== undefined && isDenial(error) && !isFirstDenial(engine, request.key)) throw keyRefused()
    const foundDown = slot.probe === true && result === 'failed' && error.fault === 'fault'
    const delayMs = retries.delayAfter(error, { foundDown })
    if (delayMs === undefined) throw error
    failed.push(toStoredAttempt(error))
    const left = retry.maxWaitMs - progress.queuedMs
    if (delayMs > left) throw waitTooLong(request, error, { delayMs, left })
    // A limiter knows when a refused call may come again; back-off after faults is the call's own time.
    const paused = pause(delayMs, { clock, signal })
    await (error.fault === 'refused' ? progress.wait(paused) : paused)
  }
}

const denials = new WeakMap<RequestEngine, Set<string>>()

/** One message about a key that is wrong is enough, whatever the number of calls in flight. */
function isFirstDenial(engine: RequestEngine, key: string): boolean {
  const denied = denials.get(engine) ?? new Set()
  denials.set(engine, denied)
  const isFirst = !denied.has(key)
  denied.add(key)
  return isFirst
}

interface AttemptSetting {
  readonly engine: RequestEngine
  readonly scope: SampleScope | undefined
  readonly signal: AbortSignal
  readonly slot: Slot
  readonly progress: CallProgress
}

type AttemptEnd<Result> =
  | { readonly answer: CallAnswer<Result> }
  | { readonly error: ModelCallError; readonly result: CallOutcome['result'] }

async function attemptOnce<Result>(
  request: ModelRequest<Result>,
  { engine: { clock }, scope, signal, slot, progress }: AttemptSetting,
): Promise<AttemptEnd<Result>> {
  const report: AttemptReport = {}
  const controller = new AbortController()
  const startedAt = clock.now()
  const { model, timeoutMs } = request
  const end = await raceDeadline(
    () => withAttemptReport(report, () => request.attempt({ signal: controller.signal })),
    { timeoutMs, signal, controller, clock },
  )
  if (report.firstByteAt !== undefined) progress.firstTokenMs = Math.round(report.firstByteAt - startedAt)
  const limits = report.headers === undefined ? {} : readRateLimits(report.headers, clock.date())
  const release = (result: CallOutcome['result'], more: Partial<CallOutcome> = {}): void =>
    slot.release({ result, durationMs: end.durationMs, limits, ...more })
  if (end.ended === 'returned') {
    const answer = withKnownNumbers(end.value)
    const { usage, costUsd = costOf(usage, request.price) } = answer
    const { inputTokens, outputTokens } = usage
    release('answered', withoutUndefined({ inputTokens, outputTokens, costUsd }))
    return { answer }
  }
  if (end.ended === 'cancelled') {
    release('aborted')
    throw signal.reason as Error
  }
  if (end.ended !== 'threw') {
    release('failed')
    return { error: timedOut(model, timeoutMs), result: 'failed' }
  }
  // What failed before it asked anybody, as a model made of a function may, would fail again.
  if (report.sent !== true && !(end.error instanceof ModelCallError)) {
    release('rejected')
    throw end.error
  }
  const error = toCallError({ model, thrown: end.error, report, now: clock.date() })
  // Outside of a run nobody has a thousand more calls with this key.
  const isDenied = scope !== undefined && isDenial(error)
  const result = isDenied ? 'denied' : resultOf(error, report)
  release(result, { limits: { ...limits, ...error.limits } })
  return { error, result }
}

/** A function of the user's may leave the usage out, and adds to NaN what it does not find: one would make all sums NaN. */
function withKnownNumbers<Result>({ costUsd, ...answer }: CallAnswer<Result>): CallAnswer<Result> {
  const usage: Usage = Object.fromEntries(
    Object.entries(answer.usage ?? {}).filter(([, count]) => Number.isFinite(count)),
  )
  return { ...answer, usage, ...(costUsd !== undefined && Number.isFinite(costUsd) ? { costUsd } : {}) }
}

/** 403 may be about this one call. */
function isDenial({ code, details }: ModelCallError): boolean {
  return code === 'EVALS_MODEL_KEY_INVALID' && details['status'] === 401
}

function resultOf({ fault }: ModelCallError, { status = 0 }: AttemptReport): CallOutcome['result'] {
  if (fault === 'refused') return 'refused'
  if (status >= 200 && status < 300) return 'unusable'
  return fault === 'fatal' ? 'rejected' : 'failed'
}

function timedOut(model: string, timeoutMs: number): ModelCallError {
  return new ModelCallError(
    'EVALS_MODEL_TIMEOUT',
    `${model} did not answer within ${timeoutMs} ms. Raise the model's \`timeoutMs\`, or ask for less.`,
    { fault: 'timeout', model },
  )
}

function waitTooLong(
  { model }: ModelRequest<unknown>,
  error: ModelCallError,
  { delayMs, left }: { delayMs: number; left: number },
): ModelCallError {
  const asked = error.limits.retryAfterMs === delayMs ? 'the server asks to wait' : 'the next attempt is due in'
  return new ModelCallError(
    'EVALS_MODEL_WAIT_TOO_LONG',
    `${model}: ${asked} ${Math.round(delayMs / 1000)} s, but only ${Math.round(left / 1000)} s of \`maxWait\` are left. Run again later. (${error.message})`,
    { fault: 'fatal', model, limits: error.limits, cause: error },
  )
}

function pause(ms: number, { clock, signal }: Pick<RequestEngine, 'clock'> & { signal: AbortSignal }): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => {
      cancel()
      reject(signal.reason as Error)
    })
    const cancel = clock.after(ms, () => {
      stopListening()
      resolve()
    })
  })
}
