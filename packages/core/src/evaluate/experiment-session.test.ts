import { expect, test } from 'vitest'
import { MemoryStore } from '../store/memory-store.ts'
import type { UndeclaredEval } from '../store/undeclared-eval.ts'
import { makeDocument } from '../testing/make-entry.ts'
import { evaluate } from './evaluate.ts'

test('evals that could not be declared elsewhere stay in the document, and the status tells of them', async () => {
  const store = new MemoryStore()
  const failing: UndeclaredEval = { eval: 'other', variant: {}, error: { name: 'EvalsError', message: 'no dataset' } }
  await store.writeDocument(makeDocument('exp', { undeclared: [failing] }))
  const options = { name: 'qa', data: [{ id: 'a' }], task: () => 'yes', scorers: [], store, experiment: 'exp' }
  expect(await evaluate(options)).toMatchObject({ status: 'completed-with-errors' })
  expect(await store.readDocument('exp')).toMatchObject({ status: 'completed-with-errors', undeclared: [failing] })
})
