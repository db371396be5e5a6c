import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import { BudgetLimiter, type BudgetLimiterOptions } from './budget-limiter.ts'
import type { CallEstimate, CallOutcome, Limiter, Slot, SlotRequest } from './limiter.ts'

const key = 'openai:gpt-5-mini https://api.openai.com 0123456789ab'

/** A dollar for each output token keeps the sums readable. */
const price = { input: 0, output: 1e6 }

function call(dollars: number, parts: Partial<SlotRequest> = {}): SlotRequest {
  return { estimate: { inputTokens: 0, maxOutputTokens: dollars, price }, ...parts }
}

function answered(costUsd: number, parts: Partial<CallOutcome> = {}): CallOutcome {
  return { result: 'answered', durationMs: 1, costUsd, ...parts }
}

function open(
  budgetUsd: number,
  { inner = unlimited, ...options }: Partial<BudgetLimiterOptions> & { inner?: Limiter } = {},
) {
  const exhaustions: EvalsError[] = []
  const onExhausted = (error: EvalsError): void => void exhaustions.push(error)
  const clock = new ManualClock()
  return { exhaustions, clock, limiter: new BudgetLimiter(inner, { budgetUsd, clock, onExhausted, ...options }) }
}

/** Whether a promise has been settled, once all that can go on has gone on. */
async function stateOf(promise: Promise<unknown>): Promise<'waiting' | 'given' | 'refused'> {
  let state: 'waiting' | 'given' | 'refused' = 'waiting'
  promise.then(
    () => (state = 'given'),
    () => (state = 'refused'),
  )
  await setImmediate()
  return state
}

describe('a paid call', () => {
  test('reserves what it may cost and settles by what it did cost', async () => {
    const { limiter } = open(10)
    const estimate: CallEstimate = { inputTokens: 2000, maxOutputTokens: 500, price: { input: 1000, output: 2000 } }
    const slot = await limiter.acquire(key, { estimate })
    expect(limiter).toMatchObject({ spentUsd: 0, reservedUsd: 3, exhausted: false })
    slot.release(answered(2.25))
    expect(limiter).toMatchObject({ spentUsd: 2.25, reservedUsd: 0, exhausted: false })
    slot.release(answered(2.25))
    expect(limiter.spentUsd).toBe(2.25)
  })

  test.for([
    ['its tokens', { inputTokens: 4000, outputTokens: 100 }, 4.2],
    ['what was reserved where the answer tells neither tokens nor cost', {}, 3],
    ['what was reserved where the answer cannot be used', { result: 'unusable' }, 3],
    ['nothing where it was refused', { result: 'refused' }, 0],
    ['nothing where it failed', { result: 'failed' }, 0],
    ['nothing where it was aborted', { result: 'aborted' }, 0],
    ['what was reserved where the reported cost is no amount', { costUsd: Number.NaN }, 3],
    ['what was reserved where the reported cost is below 0', { costUsd: -1 }, 3],
  ] as const)('costs %s', async ([, outcome, costUsd]) => {
    const { limiter } = open(10)
    const estimate: CallEstimate = { inputTokens: 2000, maxOutputTokens: 500, price: { input: 1000, output: 2000 } }
    const slot = await limiter.acquire(key, { estimate })
    slot.release({ result: 'answered', durationMs: 1, ...outcome })
    expect(limiter.spentUsd).toBeCloseTo(costUsd, 12)
    expect(limiter.reservedUsd).toBe(0)
  })

  test('without a bound reserves twice the largest answer of its model, and 1,000 tokens before any', async () => {
    const { limiter } = open(1e6)
    const reserve = async (name: string): Promise<number> => {
      const before = limiter.reservedUsd
      const slot = await limiter.acquire(name, { estimate: { inputTokens: 0, price } })
      const reserved = limiter.reservedUsd - before
      slot.release(answered(0))
      return reserved
    }
    expect(await reserve(key)).toBe(1000)
    for (const outputTokens of [30, 70, 50])
      (await limiter.acquire(key, call(1))).release(answered(0, { outputTokens }))
    expect(await reserve(key)).toBe(140)
    expect(await reserve('other:model')).toBe(1000)
  })

  test('that fits exactly is started, whatever floating-point sums say', async () => {
    const { limiter } = open(0.3)
    const third = { inputTokens: 0, maxOutputTokens: 1, price: { input: 0, output: 1e5 } }
    for (const _ of [1, 2, 3]) (await limiter.acquire(key, { estimate: third })).release(answered(0.1))
    expect(limiter.exhausted).toBe(false)
  })
})

describe('a call that does not fit', () => {
  test('waits for calls in flight, and starts when they turn out cheaper', async () => {
    const { limiter } = open(10)
    const slots = [await limiter.acquire(key, call(4)), await limiter.acquire(key, call(4))]
    const next = limiter.acquire(key, call(5))
    slots[0]?.release(answered(2))
    expect(await stateOf(next)).toBe('waiting')
    slots[1]?.release(answered(2.5))
    expect(await stateOf(next)).toBe('given')
    expect(limiter).toMatchObject({ spentUsd: 4.5, reservedUsd: 5, exhausted: false })
  })

  test('and will not fit any more ends it for all paid calls, once', async () => {
    const { limiter, exhaustions } = open(10)
    const slot = await limiter.acquire(key, call(6))
    const [large, small] = [limiter.acquire(key, call(5)), limiter.acquire(key, call(1))]
    slot.release(answered(5.5))
    const refused = {
      code: 'EVALS_BUDGET_SPENT',
      message:
        "The next call of openai:gpt-5-mini may cost $5, which does not fit into the budget of $10: $5.5 spent, $0 reserved for calls in flight. Raise `budgetUsd` and run again, or lower the call's `maxOutputTokens`.",
      details: { model: 'openai:gpt-5-mini', budgetUsd: 10, spentUsd: 5.5, reservedUsd: 0, callUsd: 5 },
    }
    await expect(large).rejects.toMatchObject(refused)
    await expect(small).rejects.toMatchObject({ code: 'EVALS_BUDGET_SPENT', details: { callUsd: 1 } })
    await expect(limiter.acquire(key, call(1))).rejects.toMatchObject({ code: 'EVALS_BUDGET_SPENT' })
    expect(limiter.exhausted).toBe(true)
    expect(exhaustions).toMatchObject([refused])
  })

  test('ends it at once where waiting cannot help, while calls in flight go on', async () => {
    const { limiter, exhaustions } = open(10)
    const slot = await limiter.acquire(key, call(2))
    await expect(limiter.acquire(key, call(11))).rejects.toMatchObject({
      code: 'EVALS_BUDGET_SPENT',
      details: { spentUsd: 0, reservedUsd: 2, callUsd: 11 },
    })
    slot.release(answered(2))
    expect(limiter).toMatchObject({ spentUsd: 2, reservedUsd: 0, exhausted: true })
    expect(exhaustions).toHaveLength(1)
  })

  test('goes by its order: begun samples first, and nobody takes the money of who waits before', async () => {
    const { limiter } = open(10)
    const slot = await limiter.acquire(key, call(8))
    const order: string[] = []
    const ask = (name: string, request: SlotRequest) =>
      limiter.acquire(key, request).then((given) => {
        order.push(name)
        return given
      })
    const slots = [
      ask('new', call(5)),
      ask('small', call(1)),
      ask('begun', call(5, { priority: 'begun' })),
      ask('begun later', call(1, { priority: 'begun' })),
    ]
    await setImmediate()
    expect(order).toEqual([])
    slot.release(answered(1))
    await setImmediate()
    expect(order).toEqual(['begun', 'begun later'])
    for (const given of await Promise.all(slots.slice(2))) given.release(answered(0.5))
    await Promise.all(slots)
    expect(order).toEqual(['begun', 'begun later', 'new', 'small'])
  })

  test('leaves when it is aborted, and who waits behind it goes on', async () => {
    const { limiter } = open(10)
    const controller = new AbortController()
    await limiter.acquire(key, call(8))
    const large = limiter.acquire(key, call(5, { signal: controller.signal }))
    const small = limiter.acquire(key, call(2))
    expect(await stateOf(small)).toBe('waiting')
    const reason = new Error('stop')
    controller.abort(reason)
    await expect(large).rejects.toBe(reason)
    expect(await stateOf(small)).toBe('given')
    expect(limiter.reservedUsd).toBe(10)
  })

  test('waits no longer than its deadline, and what it waited is no more left for the slot', async () => {
    const deadlines: (number | undefined)[] = []
    const inner: Limiter = {
      acquire(name, request) {
        deadlines.push(request.deadlineMs)
        return unlimited.acquire(name, request)
      },
    }
    const { limiter, clock } = open(10, { inner })
    const slot = await limiter.acquire(key, call(8))
    const late = limiter.acquire(key, call(5, { deadlineMs: 2000 }))
    const patient = limiter.acquire(key, call(5, { deadlineMs: 9000 }))
    clock.advance(2000)
    await expect(late).rejects.toMatchObject({ code: 'EVALS_LIMITER_DEADLINE', details: { deadlineMs: 2000 } })
    clock.advance(1000)
    slot.release(answered(1))
    await patient
    expect(deadlines).toEqual([undefined, 6000])
    expect(clock.waiting).toBe(0)
  })
})

describe('the limiter underneath', () => {
  test('gets the request and its outcome as they are, and its slot may be a probe', async () => {
    const outcomes: CallOutcome[] = []
    const requests: unknown[] = []
    const inner: Limiter = {
      acquire(name, request) {
        requests.push([name, request])
        return Promise.resolve({ probe: true, release: (outcome) => void outcomes.push(outcome) } satisfies Slot)
      },
    }
    const { limiter } = open(10, { inner })
    const request = call(1, { priority: 'begun', group: 'eval' })
    const slot = await limiter.acquire(key, request)
    expect(slot.probe).toBe(true)
    slot.release(answered(1))
    expect(requests).toEqual([[key, request]])
    expect(outcomes).toEqual([answered(1)])
  })

  test('may fail, and then nothing stays reserved', async () => {
    const failure = new EvalsError('EVALS_CIRCUIT_OPEN', 'down')
    const { limiter } = open(10, { inner: { acquire: () => Promise.reject(failure) } })
    await expect(limiter.acquire(key, call(8))).rejects.toBe(failure)
    expect(limiter).toMatchObject({ spentUsd: 0, reservedUsd: 0, exhausted: false })
  })
})

describe('prices', () => {
  test('an unknown one is an error that says how to give one', async () => {
    const { limiter, exhaustions } = open(10)
    await expect(limiter.acquire(key, { estimate: { inputTokens: 1 } })).rejects.toMatchObject({
      code: 'EVALS_PRICE_UNKNOWN',
      message: expect.stringContaining('The price of openai:gpt-5-mini is unknown'),
    })
    expect(exhaustions).toEqual([])
  })

  test('of 0 are never refused, but what is reported counts', async () => {
    const { limiter } = open(0)
    const free = { estimate: { inputTokens: 1e9, price: { input: 0, output: 0 } } }
    await expect(limiter.acquire(key, call(1))).rejects.toMatchObject({ code: 'EVALS_BUDGET_SPENT' })
    const slot = await limiter.acquire(key, free)
    slot.release(answered(0.5))
    expect(limiter).toMatchObject({ spentUsd: 0.5, reservedUsd: 0, exhausted: true })
    ;(await limiter.acquire(key, free)).release({ result: 'answered', durationMs: 1, outputTokens: 5 })
    expect(limiter.spentUsd).toBe(0.5)
  })
})

test.for([-1, Number.NaN, Number.POSITIVE_INFINITY])('a budget of %d is an error', (budgetUsd) => {
  expect(() => open(budgetUsd)).toThrow(expect.objectContaining({ code: 'EVALS_OPTION_INVALID' }))
})

type Step = { readonly ask: number } | { readonly settle: number; readonly costs: number }

test('whatever calls cost, the budget is passed at most by what those in flight cost above their estimates', async () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ ask: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ settle: fc.nat(), costs: fc.double({ min: 0, max: 3, noNaN: true }) }),
  )
  const sequence = fc.record({ budgetUsd: fc.integer({ min: 0, max: 100 }), steps: fc.array(step, { maxLength: 60 }) })
  await fc.assert(
    fc.asyncProperty(sequence, async ({ budgetUsd, steps }) => {
      const { limiter } = open(budgetUsd)
      const inFlight: { reserved: number; slot: Slot }[] = []
      const outcomes: Promise<unknown>[] = []
      let spent = 0
      let overrun = 0
      const settle = (which: number, factor: number): void => {
        const [taken] = inFlight.splice(which % inFlight.length, 1)
        if (taken === undefined) return
        const costUsd = taken.reserved * factor
        spent += costUsd
        overrun += Math.max(0, costUsd - taken.reserved)
        taken.slot.release(answered(costUsd))
      }
      const check = (): void => {
        expect(limiter.spentUsd).toBeCloseTo(spent, 6)
        expect(limiter.reservedUsd).toBeCloseTo(
          inFlight.reduce((total, { reserved }) => total + reserved, 0),
          6,
        )
        expect(limiter.spentUsd + limiter.reservedUsd).toBeLessThanOrEqual(budgetUsd + overrun + 1e-6)
      }
      for (const one of steps) {
        if ('ask' in one) {
          const started = limiter.acquire(key, call(one.ask)).then((slot) => inFlight.push({ reserved: one.ask, slot }))
          outcomes.push(started.catch((error: EvalsError) => error.code))
        } else if (inFlight.length > 0) settle(one.settle, one.costs)
        await setImmediate()
        check()
      }
      // All come to an end: none waits for ever.
      for (let round = 0; round < outcomes.length; round += 1) {
        while (inFlight.length > 0) settle(0, 1)
        await setImmediate()
      }
      const ends = await Promise.all(outcomes)
      check()
      expect(limiter.exhausted).toBe(ends.includes('EVALS_BUDGET_SPENT'))
    }),
    { numRuns: 60 },
  )
})

test('the overrun of calls in flight is the only one: no call is started while money is missing', async () => {
  const asks = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0, max: 5, noNaN: true })), {
    minLength: 1,
    maxLength: 40,
  })
  await fc.assert(
    fc.asyncProperty(asks, fc.integer({ min: 1, max: 100 }), async (calls, budgetUsd) => {
      const inFlight = new Map<number, { excess: number; release: () => void }>()
      let excessAtLastStart = 0
      const { limiter } = open(budgetUsd)
      const all = calls.map(async ([reserved, factor], index) => {
        try {
          const slot = await limiter.acquire(key, call(reserved))
          const costUsd = reserved * factor
          inFlight.set(index, {
            excess: Math.max(0, costUsd - reserved),
            release: () => slot.release(answered(costUsd)),
          })
          excessAtLastStart = [...inFlight.values()].reduce((total, { excess }) => total + excess, 0)
        } catch (error) {
          expect(error).toMatchObject({ code: 'EVALS_BUDGET_SPENT' })
        }
      })
      const work = Promise.all(all)
      for (let round = 0; round <= calls.length; round += 1) {
        await setImmediate()
        const [first] = inFlight
        if (first === undefined) break
        inFlight.delete(first[0])
        first[1].release()
      }
      await work
      expect(limiter.spentUsd).toBeLessThanOrEqual(budgetUsd + excessAtLastStart + 1e-6)
    }),
    { numRuns: 60 },
  )
})
