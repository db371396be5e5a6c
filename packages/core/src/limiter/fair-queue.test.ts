import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FairQueue } from './fair-queue.ts'

/** Empties the queue; the names of what was in it, in order. */
function drain(queue: FairQueue, names: ReadonlyMap<unknown, string>): (string | undefined)[] {
  return Array.from({ length: queue.size }, () => names.get(queue.dequeue()))
}

function fill(calls: readonly string[]) {
  const queue = new FairQueue()
  const runs = new Map<string, () => Promise<void>>()
  const names = new Map<unknown, string>()
  for (const name of calls) {
    const run = async (): Promise<void> => {}
    runs.set(name, run)
    names.set(run, name)
    // `A2!` is the second call of group A, of a sample that has begun.
    queue.enqueue(run, { id: name, priority: name.endsWith('!') ? 1 : 0, group: name[0]!, tokens: 7 })
  }
  return { queue, runs, names }
}

test('groups take turns, each in order of arrival', () => {
  const { queue, names } = fill(['A1', 'A2', 'A3', 'B1', 'C1', 'B2'])
  expect(drain(queue, names)).toEqual(['A1', 'B1', 'C1', 'A2', 'B2', 'A3'])
})

test('calls of samples that have begun go first, and take turns, too', () => {
  const { queue, names } = fill(['A1', 'B1', 'A2!', 'A3!', 'B2!'])
  expect(drain(queue, names)).toEqual(['A2!', 'B2!', 'A3!', 'A1', 'B1'])
})

test('a call that leaves takes no turn of its group', () => {
  const { queue, names } = fill(['A1', 'A2', 'B1', 'C1'])
  queue.remove('A1')
  queue.remove('C1')
  queue.remove('C1')
  queue.remove('D1')
  expect(queue.size).toBe(2)
  expect(drain(queue, names)).toEqual(['A2', 'B1'])
})

test('tells what would start next, and who waits', () => {
  const { queue, runs } = fill(['A1', 'B1!'])
  expect(queue.peek()).toMatchObject({ id: 'B1!', priority: 1, group: 'B', tokens: 7 })
  expect(queue.filter({ priority: 0 })).toEqual([runs.get('A1')])
  queue.dequeue()
  queue.dequeue()
  expect([queue.peek(), queue.dequeue(), queue.size]).toEqual([undefined, undefined, 0])
})

test('a queue that knows of no groups is one in order of arrival', () => {
  const queue = new FairQueue()
  const runs = Array.from({ length: 5 }, () => async () => {})
  for (const [index, run] of runs.entries()) queue.enqueue(run, { id: `${index}` })
  expect(runs.map(() => queue.dequeue())).toEqual(runs)
})

interface Waiting {
  readonly id: number
  readonly begun: boolean
  readonly group: string
}

/** The same order by its rules: which groups have waited longest since their last turn. */
class SlowQueue {
  readonly #waiting: Waiting[] = []
  readonly #order = { begun: [] as string[], new: [] as string[] }

  add(call: Waiting): void {
    const order = this.#orderOf(call)
    if (!order.includes(call.group)) order.push(call.group)
    this.#waiting.push(call)
  }

  take(): number | undefined {
    const begun = this.#waiting.some((call) => call.begun)
    const [group] = begun ? this.#order.begun : this.#order.new
    const next = this.#waiting.find((call) => call.begun === begun && call.group === group)
    if (next === undefined) return undefined
    this.remove(next)
    const order = this.#orderOf(next)
    if (order[0] === group) order.push(order.shift()!)
    return next.id
  }

  remove(call: Waiting): void {
    this.#waiting.splice(this.#waiting.indexOf(call), 1)
    const order = this.#orderOf(call)
    if (this.#waiting.some(({ begun, group }) => begun === call.begun && group === call.group)) return
    order.splice(order.indexOf(call.group), 1)
  }

  nth(index: number): Waiting | undefined {
    return this.#waiting[index % this.#waiting.length]
  }

  #orderOf({ begun }: Waiting): string[] {
    return begun ? this.#order.begun : this.#order.new
  }
}

test('whatever comes and goes, the order is that of the rules', () => {
  const add = fc.record({ begun: fc.boolean(), group: fc.constantFrom('A', 'B', 'C') })
  const step = fc.oneof(
    { weight: 3, arbitrary: add.map((call) => ({ do: 'add' as const, ...call })) },
    { weight: 2, arbitrary: fc.constant({ do: 'take' as const }) },
    { weight: 1, arbitrary: fc.nat({ max: 50 }).map((index) => ({ do: 'remove' as const, index })) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = new FairQueue()
      const slow = new SlowQueue()
      const ids = new Map<unknown, number>()
      for (const [id, one] of steps.entries()) {
        if (one.do === 'add') {
          const run = async (): Promise<void> => {}
          ids.set(run, id)
          queue.enqueue(run, { id: `${id}`, priority: one.begun ? 1 : 0, group: one.group })
          slow.add({ id, begun: one.begun, group: one.group })
        } else if (one.do === 'take') {
          expect(ids.get(queue.dequeue())).toBe(slow.take())
        } else {
          const call = slow.nth(one.index)
          if (call === undefined) continue
          slow.remove(call)
          queue.remove(`${call.id}`)
        }
      }
      const rest = Array.from({ length: queue.size }, () => slow.take())
      expect(drain(queue, new Map([...ids].map(([run, id]) => [run, `${id}`])))).toEqual(rest.map(String))
      expect(slow.take()).toBeUndefined()
    }),
  )
})
