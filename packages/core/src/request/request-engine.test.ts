import { afterEach, expect, test } from 'vitest'
import { AdaptiveLimiter } from '../limiter/adaptive-limiter.ts'
import { unlimited } from '../testing/unlimited.ts'
import { requestEngine, useRequestEngine } from './request-engine.ts'
import { interactive, patient } from './retry-policy.ts'
import { runRequest } from './run-request.ts'
import { answers, fails, ScriptedCall } from './scripted-call.test-support.ts'

afterEach(() => useRequestEngine({}))

test('what is left out has its default; the limiter is made once', async () => {
  useRequestEngine({ retry: interactive })
  const [engine, again] = await Promise.all([requestEngine(), requestEngine()])
  expect(engine).toMatchObject({ retry: interactive, limiter: expect.any(AdaptiveLimiter) as AdaptiveLimiter })
  expect(again.limiter).toBe(engine.limiter)
  useRequestEngine({ limiter: unlimited })
  expect(await requestEngine()).toMatchObject({ retry: patient, limiter: unlimited })
})

test('who sets up `interactive` gets the first error at once, and waits ten seconds at most', async () => {
  const { request, clock, requests, engine } = new ScriptedCall({ steps: [fails(429), answers('yes')] })
  useRequestEngine({ ...engine, retry: interactive })
  await expect(runRequest(request)).rejects.toMatchObject({ code: 'EVALS_MODEL_REFUSED', attempts: [] })
  expect(requests).toMatchObject([{ deadlineMs: 10_000, failFast: true }])
  expect(clock.now()).toBe(0)
})
