import { expect, test } from 'vitest'
import { makeRecord } from '../testing/make-entry.ts'
import { toComparedResult } from './compared-result.ts'

test('toComparedResult keeps of a record what a comparison reads', () => {
  const record = makeRecord({
    id: 'a',
    tags: ['hard'],
    scorers: { exact: 'f1' },
    scores: {
      exact: { value: 1 },
      helpful: { value: 0.5, metadata: { judge: 'openai:gpt-5' } },
      polite: { value: null, metadata: { model: 'ollama:qwen3' } },
      odd: { value: 1, metadata: { judge: 7 } },
    },
  })
  expect(toComparedResult(record)).toEqual({
    eval: record.eval,
    variant: record.variant,
    id: 'a',
    epoch: record.epoch,
    rowHash: record.rowHash,
    outcome: 'scored',
    scores: { exact: 1, helpful: 0.5, polite: null, odd: 1 },
    tags: ['hard'],
    judges: { helpful: 'openai:gpt-5', polite: 'ollama:qwen3' },
    fingerprints: { exact: 'f1' },
  })
})

test('toComparedResult of a record without scores and tags says nothing of them', () => {
  const record = makeRecord({ outcome: 'error', scores: {}, tags: [], variant: { model: 'mini' } })
  const { eval: name, id, epoch, rowHash, variant } = record
  expect(toComparedResult(record)).toEqual({ eval: name, variant, id, epoch, rowHash, outcome: 'error', scores: {} })
})
