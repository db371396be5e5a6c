import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import { evalsOf } from '../run-evals.ts'

const evals = evalsOf(import.meta.dirname)
let records: Readonly<Record<string, SampleRecord>>

beforeAll(async () => {
  const run = await evals.run()
  records = Object.fromEntries(run.records.map((record) => [record.id, record]))
}, 60_000)

afterAll(evals.remove)

test('the agent’s tools are scored, and who went on for too long was stopped', () => {
  const facts = ({ output, calls, limit, scores }: SampleRecord) => ({
    output,
    calls: calls.length,
    ...(limit === undefined ? {} : { limit }),
    scores: [scores['toolCalls']!.value, scores['toolNames']!.value],
  })
  expect(Object.fromEntries(Object.entries(records).map(([id, record]) => [id, facts(record)]))).toEqual({
    where: { output: 'The lantern is on its way.', calls: 2, scores: [1, 1] },
    refund: { output: 'You get €40 back.', calls: 3, scores: [1, 1] },
    'too-early': { output: 'Done.', calls: 2, scores: [0, 0] },
    'no-number': { output: '', calls: 4, limit: 'turns', scores: [0, 0] },
    'long-thoughts': { output: '', calls: 1, limit: 'costUsd', scores: [1, 1] },
  })
})

test('the trace has each tool with its arguments, and calls have their cost', () => {
  const { trace, costUsd } = records['refund']!
  expect(trace.filter(({ type }) => type === 'tool')).toMatchObject([
    { name: 'find_order', arguments: { order: '1001' } },
    { name: 'refund', arguments: { order: '1001', euros: 40 } },
  ])
  expect(costUsd).toBeCloseTo((3 * 200 + 10 * 80) / 1e6, 10)
})
