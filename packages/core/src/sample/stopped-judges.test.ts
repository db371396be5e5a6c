import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { EvalsError, type EvalsErrorCode } from '../errors.ts'
import type { Limiter } from '../limiter/limiter.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { runSample } from './run-sample.ts'
import { makeJob, makeModel } from './sample-job.test-support.ts'

const equal: Scorer = { name: 'equal', kind: 'binary', score: ({ output, expected }) => output === expected }

function setUp(refusal: EvalsErrorCode) {
  const clock = new ManualClock()
  const model = makeModel(clock, { text: '4', usage: { inputTokens: 3 } })
  let slots = 0
  const limiter: Limiter = {
    async acquire() {
      slots += 1
      if (slots > 1) throw new EvalsError(refusal, 'refused')
      return { release: () => {} }
    },
  }
  useRequestEngine({ clock, limiter })
  const answered: RecordEntry[] = []
  const judge: Scorer = {
    name: 'judge',
    async score() {
      try {
        return (await model.generate('good?')).text === 'yes'
      } catch (error) {
        throw new TypeError('the judge could not be asked', { cause: error })
      }
    },
  }
  const job = makeJob({
    clock,
    scorers: [equal, judge],
    onAnswered: (entry) => void answered.push(entry),
    task: () => model.generate('2 + 2?'),
  })
  return { job, answered }
}

test.for(['EVALS_BUDGET_SPENT', 'EVALS_MODEL_KEY_REFUSED'] as const)(
  'a judge that is refused by %s cancels the sample, which keeps its output and the other scores',
  async (code) => {
    const { job, answered } = setUp(code)
    const { record, thrown } = await runSample(job)
    expect(record).toMatchObject({
      outcome: 'cancelled',
      passed: null,
      output: '4',
      model: 'fake:m-1',
      error: { name: 'TypeError', cause: { code } },
      calls: [{ purpose: 'task' }, { purpose: 'score', costUsd: 0, error: { code } }],
    })
    expect(record.scores).toEqual({ equal: { value: 1 } })
    expect(record).not.toHaveProperty('failure')
    expect(thrown).toMatchObject({ cause: { code } })
    expect(answered).toMatchObject([{ record: { outcome: 'answered', output: '4', calls: [{ purpose: 'task' }] } }])
  },
)

test.for(['EVALS_MODEL_KEY_INVALID', 'EVALS_LIMITER_DEADLINE'] as const)(
  'a judge that fails with %s is a scorer that failed',
  async (code) => {
    const { record } = await runSample(setUp(code).job)
    expect(record).toMatchObject({
      outcome: 'scored',
      passed: null,
      output: '4',
      scores: { equal: { value: 1 }, judge: { value: null, error: { cause: { code } } } },
    })
  },
)

test('a run that is cancelled while a judge is at work cancels the sample, with the output and the call', async () => {
  const clock = new ManualClock()
  const controller = new AbortController()
  const model = makeModel(clock, { text: '4' })
  let slots = 0
  const never = Promise.withResolvers<never>()
  const limiter: Limiter = {
    async acquire() {
      slots += 1
      return slots === 1 ? { release: () => {} } : never.promise
    },
  }
  useRequestEngine({ clock, limiter })
  const judge: Scorer = { name: 'judge', score: async () => (await model.generate('good?')).text === 'yes' }
  const running = runSample(
    makeJob({ clock, signal: controller.signal, scorers: [equal, judge], task: () => model.generate('2 + 2?') }),
  )
  await setImmediate()
  controller.abort(new DOMException('Ctrl+C', 'AbortError'))
  const { record } = await running
  expect(record).toMatchObject({
    outcome: 'cancelled',
    output: '4',
    error: { code: 'EVALS_SAMPLE_CANCELLED' },
    calls: [{ purpose: 'task' }, { purpose: 'score', costUsd: 0, error: { name: 'AbortError' } }],
  })
  expect(record.scores).toEqual({ equal: { value: 1 } })
})
