import { describe, expect, test } from 'vitest'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse, type LanguageModel, type ModelResponseFields } from '../model/language-model.ts'
import type { Price } from '../price/price.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import { runSample } from './run-sample.ts'
import { assertionError, makeJob, type JobParts } from './sample-job.test-support.ts'
import type { SampleLimits } from './sample-limits.ts'

const run = (limits: SampleLimits, parts: JobParts) =>
  runSample(makeJob({ clock: new ManualClock(), ...parts, plan: { ...parts.plan, limits } }))
const length: Scorer = { name: 'length', score: ({ output }) => String(output).length }

/** Answers `answer 1`, `answer 2` … with 60 + 40 tokens each, for 0.1 $. */
function counting(parts: Partial<ModelResponseFields> & { price?: Price | undefined } = {}): {
  model: LanguageModel
  asked: () => number
} {
  useRequestEngine({ clock: new ManualClock(), limiter: unlimited })
  const { price = { input: 1000, output: 1000 }, ...fields } = parts
  let calls = 0
  const model = defineModel({
    provider: 'fake',
    modelId: 'm',
    ...('price' in parts && parts.price === undefined ? {} : { price }),
    async generate() {
      calls += 1
      const usage = { inputTokens: 60, outputTokens: 40 }
      return createModelResponse({ text: `answer ${calls}`, model: 'fake:m', usage, ...fields })
    },
  })
  return { model, asked: () => calls }
}

/** An agent that goes on until it is stopped. */
async function agent(model: LanguageModel): Promise<string> {
  for (let turn = 0; turn < 50; turn += 1) await model.generate(`turn ${turn}`)
  return 'done'
}

describe('at a limit the model calls stop, and the sample is scored on the last answer', () => {
  test.for<[SampleLimits, object]>([
    [{ tokens: 201 }, { limit: 'tokens', calls: 3 }],
    [{ tokens: 200 }, { limit: 'tokens', calls: 2 }],
    [{ turns: 4 }, { limit: 'turns', calls: 4 }],
    [{ costUsd: 0.3 }, { limit: 'costUsd', calls: 3 }],
    [
      { tokens: 1000, turns: 20, costUsd: 0.45 },
      { limit: 'costUsd', calls: 5 },
    ],
  ])('%o', async ([limits, { limit, calls }]: [SampleLimits, { limit?: string; calls?: number }]) => {
    const { model, asked } = counting()
    const { record, thrown } = await run(limits, { scorers: [length], task: () => agent(model) })
    expect(thrown).toBeUndefined()
    expect(asked()).toBe(calls)
    expect(record).toMatchObject({
      outcome: 'scored',
      passed: true,
      limit,
      output: `answer ${calls}`,
      scores: { length: { value: 8 } },
      usage: { inputTokens: 60 * calls!, outputTokens: 40 * calls! },
    })
    expect(record.calls).toHaveLength(calls!)
    expect(record).not.toHaveProperty('error')
  })

  test('the object of a structured answer, and the text of an empty one', async () => {
    const structured = counting({ object: { n: 4 } })
    expect((await run({ turns: 1 }, { task: () => agent(structured.model) })).record.output).toEqual({ n: 4 })
    const empty = counting({ text: '' })
    expect((await run({ turns: 1 }, { task: () => agent(empty.model) })).record).toMatchObject({
      outcome: 'scored',
      output: '',
    })
  })

  test('also where the application under test wraps the refusal', async () => {
    const { model } = counting()
    const task = async (): Promise<string> => {
      try {
        return await agent(model)
      } catch (error) {
        throw new Error('Connection error.', { cause: error })
      }
    }
    expect((await run({ turns: 2 }, { task })).record).toMatchObject({ outcome: 'scored', output: 'answer 2' })
  })
})

test('a task that stays below its limits has none in its record', async () => {
  const { model } = counting()
  const task = async (): Promise<string> => {
    await model.generate('1')
    return (await model.generate('2')).text
  }
  const { record } = await run({ tokens: 150, turns: 2, costUsd: 0.15 }, { task })
  expect(record).toMatchObject({ outcome: 'scored', output: 'answer 2' })
  expect(record).not.toHaveProperty('limit')
})

test('a task that catches the refusal answers what it likes, and the limit is recorded', async () => {
  const { model } = counting()
  let refusal: unknown
  const task = (): Promise<string> => agent(model).catch((error: unknown) => ((refusal = error), 'gave up'))
  const { record } = await run({ turns: 2 }, { task })
  expect(record).toMatchObject({ outcome: 'scored', output: 'gave up', limit: 'turns' })
  expect(refusal).toMatchObject({
    code: 'EVALS_SAMPLE_LIMIT',
    message:
      "The sample's task has used 2 model calls, and its limit is 2 model calls: it can make no further model call. Raise `limits.turns`, or catch this error and return what there is.",
    details: { limit: 'turns', used: 2, most: 2 },
  })
})

test('what fails after a caught refusal is a failure of its own, and a failed assertion a wrong answer', async () => {
  const { model } = counting()
  const failing = async (error: Error): Promise<never> => {
    await agent(model).catch(() => {})
    throw error
  }
  const limits = { turns: 1 }
  expect((await run(limits, { task: () => failing(new TypeError('no JSON')) })).record).toMatchObject({
    outcome: 'error',
    limit: 'turns',
    error: { name: 'TypeError' },
  })
  expect((await run(limits, { task: () => failing(assertionError('short')) })).record).toMatchObject({
    outcome: 'scored',
    passed: false,
    limit: 'turns',
    scores: { assertions: { value: 0 } },
  })
})

test('without any answer there is nothing to score', async () => {
  useRequestEngine({ clock: new ManualClock(), limiter: unlimited })
  const model = defineModel({
    provider: 'fake',
    modelId: 'm',
    generate: () => Promise.reject(new TypeError('no')),
  })
  const task = async (): Promise<string> => {
    await model.generate('1').catch(() => {})
    return (await model.generate('2')).text
  }
  const { record } = await run({ turns: 1 }, { task })
  expect(record).toMatchObject({ outcome: 'error', limit: 'turns', error: { code: 'EVALS_SAMPLE_LIMIT' } })
})

test('calls made at the same time count at once', async () => {
  const { model, asked } = counting()
  const task = async (): Promise<number> => {
    const all = await Promise.allSettled([1, 2, 3, 4].map((n) => model.generate(`${n}`)))
    return all.filter(({ status }) => status === 'fulfilled').length
  }
  const { record } = await run({ turns: 2 }, { task })
  expect([record.output, asked(), record.limit]).toEqual([2, 2, 'turns'])
})

test('each attempt begins anew', async () => {
  const { model } = counting()
  let attempt = 0
  const task = async (): Promise<string> => {
    attempt += 1
    await model.generate(`${attempt}`)
    if (attempt === 1) throw new TypeError('no')
    return agent(model)
  }
  const { record } = await run({ turns: 3 }, { plan: { retries: 1 }, task })
  expect(record).toMatchObject({ outcome: 'scored', output: 'answer 4', limit: 'turns' })
  expect(record.calls).toHaveLength(4)
})

test("scorers' calls are not limited", async () => {
  const { model } = counting()
  const judge: Scorer = { name: 'judge', score: async () => (await agent(model)).length }
  const { record } = await run({ turns: 1, tokens: 1, costUsd: 0.01 }, { scorers: [judge], task: () => agent(model) })
  expect(record).toMatchObject({ outcome: 'scored', passed: true, limit: 'tokens', scores: { judge: { value: 4 } } })
  expect(record.calls).toHaveLength(51)
})

describe('a limit of cost', () => {
  test('needs a price: without one no call is made', async () => {
    const { model, asked } = counting({ price: undefined })
    const { record } = await run({ costUsd: 1 }, { task: () => agent(model) })
    expect(asked()).toBe(0)
    expect(record).toMatchObject({
      outcome: 'error',
      error: {
        code: 'EVALS_PRICE_UNKNOWN',
        message: expect.stringMatching(/^The price of fake:m is unknown, so `lim/),
      },
    })
    expect(record).not.toHaveProperty('limit')
  })

  test('or answers that tell what they cost, as long as they do', async () => {
    useRequestEngine({ clock: new ManualClock(), limiter: unlimited })
    const telling = (costs: readonly (number | undefined)[]): LanguageModel => {
      let call = 0
      return defineModel({
        provider: 'fake',
        modelId: 'm',
        costUsd: () => costs[call++],
        generate: async () => createModelResponse({ text: 'a', model: 'fake:m' }),
      })
    }
    const known = await run({ costUsd: 0.3 }, { task: () => agent(telling([0.1, 0.2])) })
    expect(known.record).toMatchObject({ outcome: 'scored', limit: 'costUsd', output: 'a' })
    const unknown = await run({ costUsd: 0.3 }, { task: () => agent(telling([0.1, undefined])) })
    expect(unknown.record).toMatchObject({ outcome: 'error', error: { code: 'EVALS_PRICE_UNKNOWN' } })
    expect(unknown.record.calls).toHaveLength(2)
  })
})

test('a task that the budget stops is cancelled, to go on another time', async () => {
  const { EvalsError } = await import('../errors.ts')
  const spent = new Error('Connection error.', { cause: new EvalsError('EVALS_BUDGET_SPENT', 'spent') })
  const { record } = await run({}, { plan: { retries: 3 }, task: () => Promise.reject(spent) })
  expect(record).toMatchObject({ outcome: 'cancelled', error: { cause: { code: 'EVALS_BUDGET_SPENT' } } })
  expect(record.error).not.toHaveProperty('attempts')
})
