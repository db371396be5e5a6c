import { expect, test } from 'vitest'
import { AdaptiveLimiter } from '../limiter/adaptive-limiter.ts'
import { seededRandom, SimulatedTime } from '../limiter/simulation.test-support.ts'
import { currentAttemptReport, type AttemptReport } from './attempt-report.ts'
import { attemptUntilAnswered } from './attempt-until-answered.ts'
import { CallProgress } from './call-progress.ts'
import { patient } from './retry-policy.ts'

/** Makes calls at once to a server that ends each attempt after 20 ms as `server` tells, or answers where it tells nothing. */
async function simulateCalls(calls: number, server: (now: number) => AttemptReport | undefined) {
  const clock = new SimulatedTime()
  const engine = { limiter: new AdaptiveLimiter({ clock }), retry: patient, clock, random: seededRandom(7) }
  const request = { key: 'fake:m', model: 'fake:m', estimate: { inputTokens: 10 }, timeoutMs: 1000 }
  const attempts: number[] = []
  const attempt = async () => {
    attempts.push(clock.now())
    const report = currentAttemptReport()!
    await clock.sleep(20)
    Object.assign(report, { sent: true }, server(clock.now()))
    if (server(clock.now()) !== undefined) throw new TypeError('no answer')
    return { result: 'yes', usage: {} }
  }
  const ask = async () => {
    const progress = new CallProgress(clock)
    const { signal } = new AbortController()
    return attemptUntilAnswered({ ...request, attempt }, { engine, scope: undefined, signal, progress }).then(
      ({ result }) => result,
      (error: { code: string }) => error.code,
    )
  }
  const all = Promise.all(Array.from({ length: calls }, ask))
  await clock.run(all)
  return { ends: await all, attempts, endedAt: clock.now(), state: engine.limiter.state }
}

test('a model whose answers cannot be used is asked six times by each call, and its server is not taken to be down', async () => {
  const { ends, attempts, endedAt, state } = await simulateCalls(20, () => ({ status: 200 }))
  expect(new Set(ends)).toEqual(new Set(['EVALS_MODEL_ANSWER_INVALID']))
  expect(attempts).toHaveLength(20 * 6)
  expect(endedAt).toBeLessThan(20_000)
  expect(state).toMatchObject([{ down: false }])
})

test('a server that is down for minutes makes no call fail, and gets few of them', async () => {
  const minutes = 5 * 60_000
  const { ends, attempts, endedAt } = await simulateCalls(100, (now) => (now < minutes ? { status: 503 } : undefined))
  expect(new Set(ends)).toEqual(new Set(['yes']))
  // Two a second, and those that began before it was known.
  expect(attempts.filter((at) => at < minutes).length).toBeLessThan(2 * 300 + 150)
  expect(endedAt).toBeLessThan(minutes + 5000)
})

test.for([2, 20])('%d calls to a server that stays down end soon after `maxWait`', async (calls) => {
  const { ends, endedAt } = await simulateCalls(calls, () => ({}))
  for (const end of ends) expect(end).toMatch(/^EVALS_(MODEL_UNAVAILABLE|MODEL_WAIT_TOO_LONG|LIMITER_DEADLINE)$/)
  expect(endedAt).toBeLessThan(patient.maxWaitMs + 60_000)
})
