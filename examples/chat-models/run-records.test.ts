import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { SampleRecord } from 'vitest-plugin-evals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evalsOf } from '../run-evals.ts'

const evals = evalsOf(import.meta.dirname)
let first: readonly SampleRecord[]
let second: readonly SampleRecord[]

beforeAll(async () => {
  const port = await freePort()
  first = await run('first', { SIMULATED_PORT: port })
  // To ask a server that knows another key is to fail.
  second = await run('second', { SIMULATED_PORT: port, SIMULATED_SERVER: '{"apiKey":"another"}' })
}, 120_000)

afterAll(evals.remove)

test('each model is right as often as the simulated server makes it', () => {
  expect(first.filter(({ outcome }) => outcome !== 'scored')).toEqual([])
  expect(scoresOf(first)).toEqual({
    'openai:gpt-5-mini exactMatch 1': 16,
    'openai:gpt-5-mini exactMatch 0': 4,
    'openai:gpt-5 exactMatch 1': 20,
    'anthropic:claude-haiku-4-5 exactMatch 1': 16,
    'anthropic:claude-haiku-4-5 exactMatch 0': 4,
    'gpt-5-mini rightMood 1': 7,
    'gpt-5-mini rightMood 0': 5,
    'gpt-5 rightMood 1': 12,
    'gpt-5-mini customerIsContent 1': 6,
    'gpt-5-mini customerIsContent 0': 6,
    'gpt-5 customerIsContent 1': 6,
    'gpt-5 customerIsContent 0': 6,
  })
})

test('the calls of models, application and judge are recorded with their usage and cost', () => {
  const calls = callsOf(first)
  expect(calls.filter(({ usage }) => !(usage.inputTokens! > 0 && usage.outputTokens! > 0))).toEqual([])
  expect(calls.filter(({ cached, costUsd }) => (cached ? costUsd !== 0 : !(costUsd! > 0)))).toEqual([])
  expect(countOf(calls.map(({ purpose, model }) => `${purpose} ${model}`))).toEqual({
    'task openai:gpt-5-mini': 44,
    'task openai:gpt-5': 44,
    'task anthropic:claude-haiku-4-5': 20,
    'score openai:gpt-5': 24,
  })
})

test('all files share one server, which numbers its requests', () => {
  const made = callsOf(first).filter(({ cached }) => !cached)
  const numbers = made.map(({ requestId }) => Number(requestId!.replace('req_', '')))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
})

test('a second run takes all answers from the cache', () => {
  expect(callsOf(second).filter(({ cached, costUsd }) => !cached || costUsd !== 0)).toEqual([])
  expect(callsOf(second)).toHaveLength(132)
  expect(scoresOf(second)).toEqual(scoresOf(first))
})

/** Runs the evals against the simulated server, with the cache; returns the samples' records. */
async function run(experiment: string, environment: Record<string, string>): Promise<readonly SampleRecord[]> {
  return (await evals.run({ experiment, options: ['--cache', 'on'], environment })).records
}

function callsOf(records: readonly SampleRecord[]): SampleRecord['calls'][number][] {
  return records.flatMap(({ calls }) => calls)
}

/** How many samples of each model have which score. */
function scoresOf(records: readonly SampleRecord[]): Record<string, number> {
  const scores = records.flatMap((record) =>
    Object.entries(record.scores).map(
      ([scorer, { value }]) => `${Object.values(record.variant).join()} ${scorer} ${value}`,
    ),
  )
  return countOf(scores)
}

function countOf(names: readonly string[]): Record<string, number> {
  const groups = Object.entries(Object.groupBy(names, (name) => name))
  return Object.fromEntries(groups.map(([name, same = []]) => [name, same.length]))
}

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}
