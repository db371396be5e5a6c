import { MessageChannel, threadId } from 'node:worker_threads'
import type { CallOutcome, Price, Slot } from '@evals/core'
import { afterEach, expect, test } from 'vitest'
import { ChannelLimiter } from '../channel/worker/channel-limiter.ts'
import { ChannelClient } from '../channel/worker/channel-client.ts'
import type { RunOptions } from '../options.ts'
import { ModelServers } from '../model-servers/model-servers.ts'
import { RunServices } from './run-services.ts'

let close = (): void => {}
afterEach(() => close())

function begin(options: RunOptions) {
  const servers = new ModelServers({ importFile: (path) => import(path), log: () => {} })
  const services = new RunServices({ options, servers })
  const { port1, port2 } = new MessageChannel()
  services.connect(threadId, port1)
  const main = new ChannelClient(port2, () => {})
  close = () => {
    main.close()
    services.close()
  }
  const limiter = new ChannelLimiter(main)
  const acquire = (key: string, price: Price = { input: 0, output: 0 }, signal?: AbortSignal): Promise<Slot> =>
    limiter.acquire(key, {
      estimate: { inputTokens: 0, maxOutputTokens: 1_000_000, price },
      ...(signal === undefined ? {} : { signal }),
    })
  return { services, acquire }
}

const answered: CallOutcome = { result: 'answered', durationMs: 1 }

test('a run that calls no model has nothing to say', () => {
  const { services } = begin({ maxConnections: 2, budgetUsd: 1 })
  expect([services.line, services.overspent, services.history]).toEqual([undefined, [], []])
})

test('the line sums up the calls of all keys', async () => {
  const { services, acquire } = begin({ maxConnections: 2 })
  const slots = [await acquire('a:m'), await acquire('a:m'), await acquire('b:m')]
  expect(services.line).toBe('3 calls in flight')
  const left = new AbortController()
  const waiting = acquire('a:m', undefined, left.signal).catch((error: unknown) => error)
  // Answered after what was asked before it.
  slots.push(await acquire('b:m'))
  expect(services.line).toBe('4 calls in flight, 1 waiting')
  left.abort(new RangeError('gone'))
  expect(await waiting).toEqual(new RangeError('gone'))
  for (const slot of slots) slot.release(answered)
  await acquire('b:m')
  expect(services.line).toBe('1 call in flight')
  expect(services.overspent).toEqual([])
})

test('a refusal is kept in the history', async () => {
  const { services, acquire } = begin({ maxConnections: 8 })
  const slots = [await acquire('a:m'), await acquire('a:m'), await acquire('a:m')]
  slots[2]!.release({ result: 'refused', durationMs: 1 })
  await acquire('b:m')
  expect(services.history).toEqual([
    { at: expect.stringMatching(/^\d{4}-.*Z$/) as string, key: 'a:m', connections: 2, reason: 'refused' },
  ])
})

test('a budget that did not suffice is a warning at the end', async () => {
  const { services, acquire } = begin({ budgetUsd: 5 })
  const price = { input: 1, output: 2 }
  const slot = await acquire('a:m', price)
  expect(services.overspent).toEqual([])
  slot.release({ ...answered, costUsd: 3.5 })
  await expect(acquire('a:m', price)).rejects.toMatchObject({ code: 'EVALS_BUDGET_SPENT' })
  const { overspent } = services
  expect(overspent).toEqual([
    "The budget ended the run: $3.50 of `budgetUsd` $5.00 is spent, and the next call of a:m may cost $2.00, more than is left. What needed more calls is cancelled. Raise `budgetUsd`, or lower the calls' `maxOutputTokens`, and run again; with `--cache on` in both runs nothing is paid twice.",
  ])
})
