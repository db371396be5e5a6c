import type { ModelUse } from '@evals/core'
import { expect, test } from 'vitest'
import { makeSummary } from './eval-summary.test-support.ts'
import { renderModels } from './render-models.ts'

const use = (parts: Partial<ModelUse> = {}): ModelUse => ({
  model: 'openai:mini',
  purpose: 'task',
  calls: 1,
  usage: { inputTokens: 412, outputTokens: 31 },
  costUsd: 0.001,
  ...parts,
})

async function render(...models: (readonly ModelUse[])[]): Promise<string[]> {
  const evals = await Promise.all(
    models.map((uses, index) => makeSummary(`e${index}`, { count: 10, result: { models: uses } })),
  )
  return renderModels(evals)
}

test('one line splits tokens and cost of all evals by model and purpose, the dearest first', async () => {
  const judge = use({ model: 'openai:big', purpose: 'score', costUsd: 0.1 })
  expect(await render([use(), judge], [use()])).toEqual([
    ' Models  openai:big (score) 4.12K + 310 tokens, $1.00 · openai:mini (task) 8.24K + 620 tokens, $0.020',
  ])
})

test('nothing to split, nothing to say', async () => {
  expect(await render([use()], [use()])).toEqual([])
  expect(renderModels([await makeSummary('e')])).toEqual([])
})

test('unknown prices and tokens are told, and a few models are enough', async () => {
  const { costUsd: _costUsd, ...unpriced } = use({ usage: {} })
  expect(await render([unpriced, use({ purpose: 'score' })])).toEqual([
    ' Models  openai:mini (score) 4.12K + 310 tokens, $0.010 · openai:mini (task) 10 calls, price unknown',
  ])
  const [line = ''] = await render(Array.from({ length: 9 }, (_, index) => use({ model: `m:${index}` })))
  expect(line.split(' · ')).toHaveLength(7)
  expect(line).toMatch(/ · 3 more in experiment\.json$/)
})
