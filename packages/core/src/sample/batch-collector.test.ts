import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { BatchCollector } from './batch-collector.ts'
import { idsOf, makeMembers, type TestMember } from './batch.test-support.ts'

interface Setting {
  readonly size: number
  readonly concurrency?: number
  readonly samples?: number
}

/** A collector whose batches answer when they are told to. */
function open({ size, concurrency = 100, samples = 100 }: Setting) {
  const clock = new ManualClock()
  const batches: string[][] = []
  const gates: (() => void)[] = []
  const collector = new BatchCollector<string>({
    size,
    concurrency,
    samples: () => samples,
    clock,
    task: async (members) => {
      batches.push(idsOf(members))
      await new Promise<void>((resolve) => gates.push(resolve))
      return idsOf(members)
    },
  })
  const join = (member: TestMember): Promise<unknown> => collector.track(() => collector.join(member))
  return { clock, batches, gates, collector, join }
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

describe('a batch goes', () => {
  test('when it is full, while others run', async () => {
    const { join, batches, gates } = open({ size: 2 })
    const outputs = Promise.all(makeMembers(letters.slice(0, 4)).map(join))
    await setImmediate()
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    for (const answer of gates) answer()
    expect(await outputs).toEqual(['a', 'b', 'c', 'd'])
  })

  test('when all samples have begun, without a wait', async () => {
    const { join, batches, clock } = open({ size: 4, samples: 6 })
    for (const member of makeMembers(letters.slice(0, 6))) void join(member)
    await setImmediate()
    expect(batches).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ])
    expect(clock.waiting).toBe(0)
  })

  test('also when the last sample that begins never joins', async () => {
    const { join, batches, collector } = open({ size: 4, samples: 2 })
    void join(makeMembers(['a'])[0]!)
    await collector.track(async () => {})
    await setImmediate()
    expect(batches).toEqual([['a']])
  })

  test('when all that may be in progress wait for it', async () => {
    const { join, batches, clock } = open({ size: 8, concurrency: 3 })
    for (const member of makeMembers(['a', 'b', 'c'])) void join(member)
    await setImmediate()
    expect(batches).toEqual([['a', 'b', 'c']])
    expect(clock.waiting).toBe(0)
  })

  test('when no other sample has joined for 100 ms, as others that run may take long', async () => {
    const { join, batches, clock } = open({ size: 3, concurrency: 4 })
    const [a, b, c, d, e] = makeMembers(letters)
    for (const member of [a!, b!, c!, d!]) void join(member)
    await setImmediate()
    clock.advance(99)
    void join(e!)
    clock.advance(99)
    expect(batches).toEqual([['a', 'b', 'c']])
    clock.advance(1)
    expect(batches).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ])
    expect(clock.waiting).toBe(0)
  })
})

test('a batch has samples of one epoch', async () => {
  const { join, batches } = open({ size: 2, samples: 4 })
  const [a, b] = makeMembers(['a', 'b'])
  const [again, bAgain] = makeMembers(['a', 'b'], { epoch: 1 })
  for (const member of [a!, again!, b!, bAgain!]) void join(member)
  await setImmediate()
  expect(batches).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test("while it waits for others, a sample's time stands still", async () => {
  const { join, batches, clock } = open({ size: 2 })
  const [a, b] = makeMembers(['a', 'b'], { clock })
  void join(a!)
  clock.advance(60)
  expect(a!.scope.waits.stopped).toBe(true)
  void join(b!)
  await setImmediate()
  clock.advance(60)
  expect(batches).toEqual([['a', 'b']])
  expect([a!, b!].map(({ scope: { waits } }) => [waits.stopped, waits.stoppedMs])).toEqual([
    [false, 60],
    [false, 0],
  ])
})

test('a sample that is over leaves its place', async () => {
  const { join, batches } = open({ size: 2 })
  const [a, b, c] = makeMembers(['a', 'b', 'c'])
  const reason = new Error('cancelled')
  const left = join(a!).catch((error: unknown) => error)
  a!.controller.abort(reason)
  expect(await left).toBe(reason)
  expect(a!.scope.waits.stopped).toBe(false)
  for (const member of [b!, c!]) void join(member)
  await setImmediate()
  expect(batches).toEqual([['b', 'c']])
})

test('a sample that is tried again runs alone', async () => {
  const { join, batches, collector, gates } = open({ size: 2 })
  const members = makeMembers(['a', 'b'])
  const first = Promise.all(members.map(join))
  await setImmediate()
  gates[0]?.()
  await first
  const again = collector.join(members[0]!)
  gates[1]?.()
  expect(batches).toEqual([['a', 'b'], ['a']])
  expect(await again).toBe('a')
})

test('whatever size and concurrency, every sample is answered once, in batches that are small enough', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 20 }),
    async (count, size, concurrency) => {
      const { join, batches, gates, clock } = open({ size, concurrency, samples: count })
      const ids = Array.from({ length: count }, (_, index) => `s${index}`)
      const outputs: string[] = []
      const left = makeMembers(ids)
      let running = 0
      const start = (): void => {
        while (running < concurrency && left.length > 0) {
          running += 1
          void join(left.shift()!).then((output) => {
            outputs.push(String(output))
            running -= 1
            start()
          })
        }
      }
      start()
      for (let turn = 0; outputs.length < count && turn < 200; turn += 1) {
        for (const answer of gates.splice(0)) answer()
        await setImmediate()
        clock.advance(100)
        await setImmediate()
      }
      expect(outputs.toSorted()).toEqual(ids.toSorted())
      expect(batches.flat().toSorted()).toEqual(ids.toSorted())
      expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(Math.min(size, concurrency))
    },
  )
  await fc.assert(property, { numRuns: 40 })
})
