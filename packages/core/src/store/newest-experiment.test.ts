import { expect, test } from 'vitest'
import { makeDocument, makeRecord } from '../testing/make-entry.ts'
import { MemoryStore } from './memory-store.ts'
import { newestExperiment } from './newest-experiment.ts'
import type { UndeclaredEval } from './undeclared-eval.ts'

test('is the newest that has a record, else the newest', async () => {
  const store = new MemoryStore()
  expect(await newestExperiment(store)).toBeUndefined()
  for (const [index, name] of ['first', 'second', 'aborted'].entries()) {
    await store.writeDocument(makeDocument(name, { createdAt: `2026-01-0${index + 1}T00:00:00.000Z` }))
  }
  expect(await newestExperiment(store)).toBe('aborted')
  for (const name of ['first', 'second']) store.append(name, { record: makeRecord(), attachments: [] })
  expect(await newestExperiment(store)).toBe('second')
})

test('is one without records that names an eval which could not be declared, for those who only read', async () => {
  const store = new MemoryStore()
  await store.writeDocument(makeDocument('first', { createdAt: '2026-01-01T00:00:00.000Z' }))
  store.append('first', { record: makeRecord(), attachments: [] })
  const failing: UndeclaredEval = { eval: 'qa', variant: {}, error: { name: 'EvalsError', message: 'no dataset' } }
  const parts = { createdAt: '2026-01-02T00:00:00.000Z', undeclared: [failing] }
  await store.writeDocument(makeDocument('second', parts))
  expect(await newestExperiment(store, { undeclared: true })).toBe('second')
  expect(await newestExperiment(store)).toBe('first')
})

test('is never a scratch experiment, which the next watch session or estimate begins anew', async () => {
  const store = new MemoryStore()
  for (const name of ['watch', 'estimate']) {
    await store.writeDocument(makeDocument(name, { createdAt: '2026-01-02T00:00:00.000Z' }))
    store.append(name, { record: makeRecord(), attachments: [] })
  }
  expect(await newestExperiment(store)).toBeUndefined()
  await store.writeDocument(makeDocument('first', { createdAt: '2026-01-01T00:00:00.000Z' }))
  store.append('first', { record: makeRecord(), attachments: [] })
  expect(await newestExperiment(store)).toBe('first')
})
