import { beforeAll, expect, test } from 'vitest'
import { makeDocument } from '../testing/make-entry.ts'
import { findBaseline } from './find-baseline.ts'
import { MemoryStore } from './memory-store.ts'

const store = new MemoryStore()

beforeAll(async () => {
  const documents = [
    makeDocument('main-1', { createdAt: '2026-01-01T00:00:00.000Z' }),
    makeDocument('main-2', { createdAt: '2026-01-02T00:00:00.000Z', status: 'completed-with-errors' }),
    makeDocument('main-3', { createdAt: '2026-01-03T00:00:00.000Z', status: 'interrupted' }),
    makeDocument('own', { createdAt: '2026-01-04T00:00:00.000Z', status: 'running' }),
    makeDocument('watch', { createdAt: '2026-01-05T00:00:00.000Z' }),
    makeDocument('[v1]', { createdAt: '2025-01-01T00:00:00.000Z' }),
  ]
  for (const document of documents) await store.writeDocument(document)
})

test.for([
  ['main-1', 'main-1'],
  ['main-3', 'main-3'],
  ['main-*', 'main-2'],
  ['*', 'main-2'],
  ['{main,other}-1', 'main-1'],
  ['[v1]', '[v1]'],
] as const)('%s is %s', async ([name, found]) => {
  expect((await findBaseline(store, name, ['own', 'watch'])).experiment).toBe(found)
})

test.for([
  ['main1', 'EVALS_EXPERIMENT_UNKNOWN', 'There is no experiment "main1". Did you mean "main-1"'],
  ['prod-*', 'EVALS_EXPERIMENT_UNKNOWN', 'No experiment matches the baseline "prod-*"'],
  ['main-3*', 'EVALS_EXPERIMENT_UNKNOWN', 'Of the 1 that match the baseline "main-3*" no experiment is completed'],
  ['own', 'EVALS_OPTION_INVALID', 'is the experiment that this run writes to'],
] as const)('%s is refused: %s', async ([name, code, message]) => {
  const error = expect.objectContaining({ code, message: expect.stringContaining(message) })
  await expect(findBaseline(store, name, ['own', 'watch'])).rejects.toEqual(error)
})
