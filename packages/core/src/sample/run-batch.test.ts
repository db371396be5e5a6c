import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import type { Limiter, Slot } from '../limiter/limiter.ts'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse, type LanguageModel } from '../model/language-model.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import { idsOf, makeMembers } from './batch.test-support.ts'
import { runBatch, type BatchMember, type BatchTask } from './run-batch.ts'

const clock = new ManualClock()

function makeModel(limiter: Limiter = unlimited): LanguageModel {
  useRequestEngine({ clock, limiter })
  return defineModel({
    provider: 'fake',
    modelId: 'm',
    price: { input: 1e6, output: 1e6 },
    async generate(prompt) {
      if (prompt === 'broken') throw new TypeError('no')
      const usage = { inputTokens: 7, outputTokens: 2 }
      return createModelResponse({ text: 'answer', model: 'fake:m', usage })
    },
  })
}

const settle = (members: readonly BatchMember<string>[], task: BatchTask<string>) =>
  Promise.allSettled(runBatch(members, task, clock))
const fulfilled = (value: unknown) => ({ status: 'fulfilled', value })

test('one call of the task gives every member its output, in their order', async () => {
  const members = makeMembers(['a', 'b', 'c'])
  const calls: string[][] = []
  const outputs = await settle(members, (all) => {
    calls.push(idsOf(all))
    return all.map(({ sample, seat }) => `${sample.id} from ${seat}`)
  })
  expect(calls).toEqual([['a', 'b', 'c']])
  expect(outputs).toEqual([fulfilled('a from seat a'), fulfilled('b from seat b'), fulfilled('c from seat c')])
})

test('each member gets its part of every call, and every log and span', async () => {
  const model = makeModel()
  const members = makeMembers(['a', 'b', 'c'])
  await settle(members, async (all, { scope }) => {
    scope.log('begin')
    await scope.span('ask', () => model.generate('all'))
    await model.generate('broken').catch(() => {})
    return idsOf(all)
  })
  const [a, b, c] = members.map(({ scope }) => scope)
  const shared = { model: 'fake:m', purpose: 'task', batch: 3, costUsd: 3 }
  const failed = { model: 'fake:m', batch: 3, usage: {}, error: { message: expect.stringContaining('no') } }
  expect(a!.calls).toMatchObject([{ ...shared, usage: { inputTokens: 2, outputTokens: 0 } }, failed])
  expect(b!.calls).toMatchObject([{ ...shared, usage: { inputTokens: 2, outputTokens: 1 } }, failed])
  expect(c!.calls).toMatchObject([{ ...shared, usage: { inputTokens: 3, outputTokens: 1 } }, failed])
  for (const scope of [a!, b!, c!]) {
    expect(scope.trace).toMatchObject([
      { type: 'log', values: ['begin'] },
      { type: 'model', call: 0, question: 'all' },
      { type: 'span', name: 'ask' },
      { type: 'model', call: 1 },
      { type: 'span', name: 'batch of 3' },
    ])
    expect(scope.takeFailures()).toEqual([])
    // The answer to all of them is no output of one of them.
    expect(scope.lastAnswer).toBeUndefined()
  }
})

describe('a batch that fails', () => {
  test.for<[string, () => unknown, object]>([
    ['the task throws', () => Promise.reject(new TypeError('bad row')), { name: 'TypeError', message: 'bad row' }],
    [
      'too few outputs',
      () => ['x'],
      {
        code: 'EVALS_BATCH_OUTPUTS',
        message:
          "The batch's task returned a list of 1 outputs for 2 rows. Return a list with one output for each row, in the order of the rows.",
      },
    ],
    [
      'no list',
      () => 'ab',
      { code: 'EVALS_BATCH_OUTPUTS', message: expect.stringMatching(/returned a value of type string for 2 rows/) },
    ],
  ])('is tried once more with each row alone: %s', async ([, fail, failure]) => {
    const members = makeMembers(['a', 'b'])
    const calls: string[][] = []
    const outputs = await settle(members, async (all) => {
      calls.push(idsOf(all))
      return all.length === 2 ? fail() : [`${all[0]!.sample.id} alone`]
    })
    expect(calls).toEqual([['a', 'b'], ['a'], ['b']])
    expect(outputs).toEqual([fulfilled('a alone'), fulfilled('b alone')])
    for (const { scope } of members) {
      expect(scope.takeFailures()).toMatchObject([failure])
      expect(scope.trace).toMatchObject([{ type: 'span', name: 'batch of 2', error: expect.any(String) }])
    }
  })

  test('costs only the row that spoils it; calls made alone are its own', async () => {
    const model = makeModel()
    const members = makeMembers(['good', 'bad'])
    const [good, bad] = await settle(members, async (all) => {
      const { text } = await model.generate('x')
      if (idsOf(all).includes('bad')) throw new TypeError('bad row')
      return all.map(() => text)
    })
    expect(good).toEqual(fulfilled('answer'))
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'bad row' } })
    const batches = members[0]!.scope.calls.map(({ batch, usage }) => [batch, usage.inputTokens])
    expect(batches).toEqual([
      [2, 3],
      [undefined, 7],
    ])
  })

  test('is not tried again where each row would meet the same', async () => {
    const error = new EvalsError('EVALS_MODEL_KEY_INVALID', 'refused')
    let calls = 0
    const outputs = await settle(makeMembers(['a', 'b']), () => {
      calls += 1
      throw new Error('Connection error.', { cause: error })
    })
    expect(calls).toBe(1)
    expect(outputs).toMatchObject([
      { status: 'rejected', reason: { cause: error } },
      { status: 'rejected', reason: { cause: error } },
    ])
  })

  test('of one row is not tried again', async () => {
    let calls = 0
    const outputs = await settle(makeMembers(['a']), () => {
      calls += 1
      return []
    })
    expect(calls).toBe(1)
    expect(outputs).toMatchObject([{ reason: { code: 'EVALS_BATCH_OUTPUTS', details: { rows: 1, outputs: 0 } } }])
  })
})

describe('members that are over', () => {
  test('stop the batch only when all are; calls go to those that are left', async () => {
    const model = makeModel()
    const [a, b] = makeMembers(['a', 'b'])
    let seen: AbortSignal | undefined
    const gate = Promise.withResolvers<void>()
    const outputs = settle([a!, b!], async (all, { aborts }) => {
      seen = aborts.signal
      await gate.promise
      await model.generate('x')
      return idsOf(all)
    })
    a!.controller.abort(new Error('timeout'))
    expect(seen?.aborted).toBe(false)
    gate.resolve()
    expect(await outputs).toEqual([fulfilled('a'), fulfilled('b')])
    expect(a!.scope.calls).toEqual([])
    expect(b!.scope.calls).toMatchObject([{ usage: { inputTokens: 7 } }])
    expect(b!.scope.calls[0]).not.toHaveProperty('batch')
  })

  test('abort its calls when all are, with the reason, and nothing is tried again', async () => {
    const members = makeMembers(['a', 'b'])
    let calls = 0
    const outputs = settle(members, (_all, { aborts: { signal } }) => {
      calls += 1
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    })
    const reason = new Error('Ctrl+C')
    for (const { controller } of members) controller.abort(reason)
    expect(await outputs).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ])
    expect(calls).toBe(1)
  })
})

test("while the batch waits for a slot, its members' time stands still", async () => {
  const slot = Promise.withResolvers<Slot>()
  const model = makeModel({ acquire: () => slot.promise })
  const members = makeMembers(['a', 'b'], { clock })
  const outputs = settle(members, async (all) => {
    await model.generate('x')
    return idsOf(all)
  })
  await setImmediate()
  expect(members.map(({ scope }) => scope.waits.stopped)).toEqual([true, true])
  clock.advance(500)
  slot.resolve({ release: () => {} })
  await outputs
  expect(members.map(({ scope }) => [scope.waits.stopped, scope.waits.stoppedMs])).toEqual([
    [false, 500],
    [false, 500],
  ])
})

test('limits of its samples stop a batch; then each goes on alone as far as it may', async () => {
  const model = makeModel()
  const { SampleScope } = await import('./sample-scope.ts')
  const members = makeMembers(['a', 'b']).map((member) => ({
    ...member,
    scope: new SampleScope({ aborts: member.aborts, metadata: {}, clock, limits: { turns: 1 } }),
  }))
  const outputs = await settle(members, async (all) => {
    await model.generate('1')
    await model.generate('2')
    return idsOf(all)
  })
  expect(outputs).toMatchObject([
    { reason: { code: 'EVALS_SAMPLE_LIMIT' } },
    { reason: { code: 'EVALS_SAMPLE_LIMIT' } },
  ])
  expect(members.map(({ scope }) => [scope.limit, scope.calls.length])).toEqual([
    ['turns', 1],
    ['turns', 1],
  ])
})
