import { systemClock, type Clock } from '@evals/core'
import { askServer, type ServerAnswer } from './ask-server.ts'
import type { ServerPlan } from './server-plan.ts'

/** A probe that hangs must not keep the next one from being answered. */
const longestProbeMs = 5000

/** Why a server is not ready. */
export interface NotReady {
  /** It answered the probe, but would not warm up. */
  readonly isUp: boolean
  readonly asked: string
  readonly answer: ServerAnswer
}

/**
 * Asks a server until it says that it is ready, and then to warm up. Gives up when its time is over, and when `signal`
 * aborts; returns why.
 */
export async function waitUntilReady(
  { url, readiness, warmUp }: Pick<ServerPlan, 'url' | 'readiness' | 'warmUp'>,
  { signal, clock = systemClock }: { readonly signal: AbortSignal; readonly clock?: Clock },
): Promise<NotReady | undefined> {
  const { path, status, timeoutMs, intervalMs } = readiness
  const deadline = clock.now() + timeoutMs
  const isReady = (answer: ServerAnswer): boolean =>
    status === undefined ? isSuccess(answer) : answer.status === status
  const ask = async (question: { url: string; body?: unknown }, mostMs: number): Promise<ServerAnswer> => {
    const controller = new AbortController()
    const late = new DOMException(`no answer within ${Math.round(mostMs)} ms`, 'TimeoutError')
    const cancel = clock.after(mostMs, () => controller.abort(late))
    try {
      const answer = await askServer({ ...question, signal: AbortSignal.any([signal, controller.signal]) })
      return controller.signal.aborted ? { text: late.message } : answer
    } finally {
      cancel()
    }
  }
  const probe = { url: url + path }
  let last = await ask(probe, Math.min(longestProbeMs, timeoutMs))
  while (!isReady(last)) {
    if (signal.aborted || clock.now() + intervalMs > deadline)
      return { isUp: false, asked: `GET ${probe.url}`, answer: last }
    await pause(intervalMs, { clock, signal })
    last = await ask(probe, Math.min(longestProbeMs, Math.max(intervalMs, deadline - clock.now())))
  }
  if (warmUp === undefined) return undefined
  const question = { url: url + warmUp.path, body: warmUp.body }
  const warm = await ask(question, Math.max(intervalMs, deadline - clock.now()))
  return isSuccess(warm) ? undefined : { isUp: true, asked: `POST ${question.url}`, answer: warm }
}

function isSuccess({ status = 0 }: ServerAnswer): boolean {
  return status >= 200 && status < 300
}

/** Waits; not longer than until `signal` aborts. */
export function pause(ms: number, { clock, signal }: { clock: Clock; signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    if (signal.aborted) return end()
    signal.addEventListener('abort', end)
  })
}
