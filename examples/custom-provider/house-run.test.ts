import { afterAll, beforeAll, expect, test } from 'vitest'
import { evalsOf, type EvalsRun } from '../run-evals.ts'

const evals = evalsOf(import.meta.dirname)
let run: EvalsRun

beforeAll(async () => {
  run = await evals.run()
}, 60_000)

afterAll(evals.remove)

test('the machines are started once, and given back', () => {
  expect(run.stderr.match(/(?<=Model provider "house": ).+/g)).toEqual([
    '2 machines serve loud-1',
    '2 machines are given back',
  ])
})

test('all samples are answered and right, with tokens and cost', () => {
  const right = { outcome: 'scored', scores: { exactMatch: { value: 1 } }, model: 'house:loud-1' }
  expect(run.records).toMatchObject(Array.from({ length: 8 }, () => right))
  const calls = run.records.flatMap((record) => record.calls)
  const tokens = calls.reduce((sum, { usage }) => sum + usage.inputTokens! + usage.outputTokens!, 0)
  expect([calls.length, tokens]).toEqual([8, 30])
  expect(calls.reduce((sum, { costUsd }) => sum + costUsd!, 0)).toBeCloseTo(15 * 1e-6 + 15 * 2e-6, 12)
})

test('each machine has refused a call, which was made again after the wait it asked for', () => {
  expect(run.records.filter(({ calls }) => calls[0]!.retries === 1)).toHaveLength(2)
  expect(run.records.filter(({ calls }) => calls[0]!.retries === 0)).toHaveLength(6)
})
