import { summarizeEval, type ModelUse, type SampleResult } from '@evals/core'
import { makeDocument } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { overviewOf } from './experiment-overview.ts'

const use: ModelUse = { model: 'openai:gpt-5', purpose: 'task', calls: 1, usage: {} }

async function overview(...results: Partial<SampleResult>[]) {
  const evals = results.map(async (result, index) => {
    const facts = { eval: `e${index}`, variant: {}, planned: 1, scorers: [] }
    return [`e${index}`, await summarizeEval(facts, [{ id: 'a', epoch: 0, ...scored, ...result }])] as const
  })
  return overviewOf(makeDocument('exp', { evals: Object.fromEntries(await Promise.all(evals)) }))
}
const scored = { outcome: 'scored', passed: true, scores: {}, durationMs: 1 } as const

test('a sum without the cost of some calls says so', async () => {
  const priced = { costUsd: 0.5, models: [{ ...use, costUsd: 0.5 }] }
  expect(await overview(priced, { models: [use] })).toMatchObject({ costUsd: 0.5, isCostPartial: true })
  const mixed = {
    models: [
      { ...use, costUsd: 0.2 },
      { ...use, model: 'local:judge' },
    ],
  }
  expect(await overview(priced, mixed)).toMatchObject({ costUsd: 0.7, isCostPartial: true })
  expect(await overview({ models: [use] })).not.toHaveProperty('isCostPartial')
  const known = await overview(priced, priced, {})
  expect(known).toMatchObject({ costUsd: 1 })
  expect(known).not.toHaveProperty('isCostPartial')
})
