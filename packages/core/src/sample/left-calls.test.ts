import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import type { Limiter } from '../limiter/limiter.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { runRequest } from '../request/run-request.ts'
import { fails, hangs, ScriptedCall, type CallScript } from '../request/scripted-call.test-support.ts'
import type { SampleRun } from './sample-job.ts'
import { runSample } from './run-sample.ts'
import { makeJob, type JobParts } from './sample-job.test-support.ts'

/** A sample whose task makes one call, by a script. */
function begin(script: CallScript, parts: Partial<JobParts> = {}, limiter?: Limiter) {
  const call = new ScriptedCall(script)
  const { clock } = call
  useRequestEngine({ ...call.engine, ...(limiter === undefined ? {} : { limiter }) })
  const job = makeJob({
    clock,
    task: () => runRequest(call.request),
    ...parts,
    plan: { sampleTimeoutMs: 60_000, ...parts.plan },
  })
  return { call, running: runSample(job) }
}

async function end({ call, running }: { call: ScriptedCall; running: Promise<SampleRun> }): Promise<SampleRun> {
  const result = await call.end(running)
  if (result.status === 'rejected') throw result.reason as Error
  return result.value
}

const refused = (retryAfter: string) => fails(429, { 'retry-after': retryAfter })
const refusal = { code: 'EVALS_MODEL_REFUSED', message: expect.stringContaining('(HTTP 429)') }

describe('a sample that ends while its call still waits has the call with all its attempts', () => {
  test('by `maxWait`, in the pause after a refusal', async () => {
    const begun = begin({ steps: Array.from({ length: 9 }, () => refused('1')) }, { plan: { maxWaitMs: 3500 } })
    const { record, thrown } = await end(begun)
    expect(record).toMatchObject({ outcome: 'timeout', durationMs: 0, queuedMs: 3500, costUsd: 0 })
    const attempts = [refusal, refusal, refusal, refusal]
    expect(record.calls).toMatchObject([
      { model: 'fake:m', retries: 4, queuedMs: 3500, durationMs: 0, cached: false, usage: {}, error: { attempts } },
    ])
    expect(record.calls[0]?.error?.attempts).toHaveLength(4)
    expect(record.trace).toMatchObject([{ type: 'model', call: 0, question: 'q' }])
    expect(record.error).toMatchObject({ code: 'EVALS_SAMPLE_MAX_WAIT', attempts })
    expect(record.error?.attempts).toHaveLength(4)
    expect((thrown as Error).message).toMatch(
      /waited over 3500 ms .* 4 attempts at its model calls had failed by then, the last one with: fake:m refused the call: .* \(HTTP 429\)/,
    )
  })

  test('by `maxWait`, before it has had any slot: it was not asked, and cost nothing', async () => {
    const { record, thrown } = await end(begin({ steps: [], openAt: 10_000 }, { plan: { maxWaitMs: 2000 } }))
    expect(record).toMatchObject({ outcome: 'timeout', costUsd: 0, error: { code: 'EVALS_SAMPLE_MAX_WAIT' } })
    expect(record.calls).toMatchObject([
      { retries: 0, queuedMs: 2000, costUsd: 0, error: { code: 'EVALS_SAMPLE_MAX_WAIT' } },
    ])
    expect(record.error).not.toHaveProperty('attempts')
    expect((thrown as Error).message).not.toContain('attempts')
  })

  test('by its timeout, in the pause after a fault', async () => {
    const { record } = await end(begin({ steps: [fails(503), fails(503)] }, { plan: { sampleTimeoutMs: 500 } }))
    const attempts = [{ code: 'EVALS_MODEL_UNAVAILABLE' }, { code: 'EVALS_MODEL_UNAVAILABLE' }]
    expect(record).toMatchObject({
      outcome: 'timeout',
      calls: [{ retries: 2, durationMs: 500, error: { attempts } }],
      error: { code: 'EVALS_SAMPLE_TIMEOUT', message: expect.stringContaining('2 attempts'), attempts },
    })
  })

  test('by its timeout, in an attempt: what that cost is unknown', async () => {
    const { record } = await end(begin({ steps: [hangs] }, { plan: { sampleTimeoutMs: 500 } }))
    expect(record).toMatchObject({ outcome: 'timeout', costUsd: null, calls: [{ retries: 0, durationMs: 500 }] })
    expect(record.calls).toHaveLength(1)
  })

  test('cancelled by the user', async () => {
    const controller = new AbortController()
    const begun = begin({ steps: [refused('60')] }, { signal: controller.signal })
    await setImmediate()
    controller.abort(new DOMException('Ctrl+C', 'AbortError'))
    const { record } = await end(begun)
    expect(record).toMatchObject({
      outcome: 'cancelled',
      calls: [{ retries: 1, error: { code: 'EVALS_SAMPLE_CANCELLED', attempts: [refusal] } }],
      error: { code: 'EVALS_SAMPLE_CANCELLED', message: expect.stringContaining('One attempt'), attempts: [refusal] },
    })
    expect(record.calls).toHaveLength(1)
  })

  test('cancelled by the budget', async () => {
    let slots = 0
    const limiter: Limiter = {
      async acquire() {
        slots += 1
        if (slots === 2) throw new EvalsError('EVALS_BUDGET_SPENT', 'no money left')
        return { release: () => {} }
      },
    }
    const { record } = await end(begin({ steps: [fails(429)] }, {}, limiter))
    const error = { code: 'EVALS_BUDGET_SPENT', attempts: [refusal] }
    expect(record).toMatchObject({
      outcome: 'cancelled',
      costUsd: 0,
      calls: [{ retries: 1, costUsd: 0, error }],
      error,
    })
  })
})

test('a call that ends after its sample is recorded once', async () => {
  const begun = begin({ steps: [refused('60')] }, { plan: { maxWaitMs: 1000 } })
  const { record } = await end(begun)
  await setImmediate()
  expect(record.calls).toHaveLength(1)
})

test('what a call that failed for good has tried is in the error of its sample', async () => {
  const { record } = await end(begin({ steps: [fails(500), fails(400)] }))
  expect(record).toMatchObject({
    outcome: 'error',
    error: { code: 'EVALS_MODEL_REQUEST_INVALID', attempts: [{ code: 'EVALS_MODEL_UNAVAILABLE' }] },
  })
})
