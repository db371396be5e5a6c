import type { CallOutcome, Slot } from '../limiter/limiter.ts'
import { keyRefused } from '../limiter/key-refused.ts'
import { readRateLimits } from '../limiter/rate-headers.ts'
import { toStoredError } from '../record/stored-error.ts'
import type { StoredError } from '../record/record.ts'
import { raceDeadline } from '../sample/race-deadline.ts'
import type { Usage } from '../model/language-model.ts'
import type { SampleScope } from '../sample/sample-scope.ts'
import { withAttemptReport, type AttemptReport } from './attempt-report.ts'
import { ModelCallError } from './call-error.ts'
import { countedWait } from './counted-wait.ts'
import type { CallAnswer, ModelRequest } from './model-request.ts'
import { costOf } from './price.ts'
import type { RequestEngine } from './request-engine.ts'
import { retryDelayMs, type FaultCounts } from './retry-policy.ts'
import { scopedPolicy } from './retry-scope.ts'
import { toCallError } from './to-call-error.ts'

/** What a call has gone through so far. */
export interface CallProgress {
  /** Ms it waited for slots, and after refusals. */
  queuedMs: number
  retries: number
  /** Ms from the last attempt's start to the first byte of its answer. */
  firstTokenMs?: number
}

/** What one call goes through, and for whom. */
export interface CallSetting {
  readonly engine: RequestEngine
  /** The sample that makes it, if any. */
  readonly scope: SampleScope | undefined
  readonly signal: AbortSignal
  readonly progress: CallProgress
}

/** Attempts a call until a model answers or there is no sense in trying again; no slot is held between attempts. */
export async function attemptUntilAnswered<Result>(
  request: ModelRequest<Result>,
  { engine, scope, signal, progress }: CallSetting,
): Promise<CallAnswer<Result>> {
  const { clock, limiter, random } = engine
  const retry = scopedPolicy(engine.retry)
  const counts: FaultCounts = { refused: 0, fault: 0, timeout: 0, fatal: 0 }
  const failed: StoredError[] = []
  const waiting = <Value>(work: Promise<Value>): Promise<Value> => countedWait(work, { engine, scope, progress })
  // Before a slot is held: code that is being loaded moves no bytes, and its time is not the model's.
  if (request.prepare !== undefined) await waiting(request.prepare())
  while (true) {
    signal.throwIfAborted()
    const slot = await waiting(
      limiter.acquire(request.key, {
        estimate: request.estimate,
        priority: failed.length > 0 || scope?.hasBegun === true ? 'begun' : 'new',
        ...(scope === undefined ? {} : { group: scope.group }),
        failFast: retry.retries.fault === 0,
        ...(Number.isFinite(retry.maxWaitMs) ? { deadlineMs: Math.max(0, retry.maxWaitMs - progress.queuedMs) } : {}),
        signal,
      }),
    )
    const attempt = await attemptOnce(request, { engine, scope, signal, slot, progress })
    if ('answer' in attempt) return attempt.answer
    const { error } = attempt
    signal.throwIfAborted()
    if (scope !== undefined && isDenial(error) && !isFirstDenial(engine, request.key)) throw keyRefused()
    const isOwn = slot.probe !== true || error.fault !== 'fault' || retry.retries.fault === 0
    if (isOwn) counts[error.fault] += 1
    const delayMs = retryDelayMs(error, counts, { policy: retry, random: random() })
    if (delayMs === undefined) throw withAttempts(error, failed)
    failed.push(toStoredError(error))
    progress.retries += 1
    const left = retry.maxWaitMs - progress.queuedMs
    if (delayMs > left) throw withAttempts(waitTooLong(request, error, { delayMs, left }), failed)
    // A limiter knows when a refused call may come again; back-off after faults is the call's own time.
    const paused = pause(delayMs, { clock, signal })
    await (error.fault === 'refused' ? waiting(paused) : paused)
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

async function attemptOnce<Result>(
  request: ModelRequest<Result>,
  { engine: { clock }, scope, signal, slot, progress }: AttemptSetting,
): Promise<{ answer: CallAnswer<Result> } | { error: ModelCallError }> {
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
    // Plain JavaScript may leave it out.
    const usage: Usage = 'usage' in end.value ? end.value.usage : {}
    const { costUsd = costOf(usage, request.price) } = end.value
    const { inputTokens = 0, outputTokens = 0 } = usage
    release('answered', { inputTokens, outputTokens, ...(costUsd === undefined ? {} : { costUsd }) })
    return { answer: { ...end.value, usage } }
  }
  if (end.ended === 'cancelled') {
    release('aborted')
    throw signal.reason as Error
  }
  if (end.ended !== 'threw') {
    release('failed')
    return { error: timedOut(model, timeoutMs) }
  }
  // What failed before it asked anybody, as a model made of a function may, would fail again.
  if (report.sent !== true && !(end.error instanceof ModelCallError)) {
    release('rejected')
    throw end.error
  }
  const error = toCallError({ model, thrown: end.error, report, now: clock.date() })
  // Outside of a run nobody has a thousand more calls with this key.
  const isDenied = scope !== undefined && isDenial(error)
  release(isDenied ? 'denied' : resultOf(error), { limits: { ...limits, ...error.limits } })
  return { error }
}

/** 403 may be about this one call. */
function isDenial({ code, details }: ModelCallError): boolean {
  return code === 'EVALS_MODEL_KEY_INVALID' && details['status'] === 401
}

function resultOf({ fault }: ModelCallError): CallOutcome['result'] {
  if (fault === 'fatal') return 'rejected'
  return fault === 'refused' ? 'refused' : 'failed'
}

/** The error of the last attempt, with those before it. */
function withAttempts(error: ModelCallError, attempts: readonly StoredError[]): ModelCallError {
  error.attempts = attempts
  return error
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
    const abort = (): void => {
      cancel()
      reject(signal.reason as Error)
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', abort)
      resolve()
    })
    signal.addEventListener('abort', abort, { once: true })
  })
}
