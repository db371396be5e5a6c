import { MemoryStore } from '@evals/core'
import { makeRecord } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { RecordedFailures } from './recorded-failures.ts'

test('a failed sample is told with what it missed', async () => {
  const store = new MemoryStore()
  const of = { eval: 'e', variant: {}, revision: 0 }
  const records = [
    makeRecord({ ...of, id: 'c', passed: false, failure: { message: 'exactMatch was 0' } }),
    makeRecord({ ...of, id: 'd', passed: false }),
    makeRecord({
      ...of,
      id: 'e',
      passed: null,
      scores: { judge: { value: null, error: { name: 'E', message: 'HTTP 503' } } },
    }),
    makeRecord({ ...of, id: 'd', revision: 1, failure: { message: 'of another revision' } }),
  ]
  for (const record of records) store.append('x', { record, attachments: [] })
  const failures = new RecordedFailures(store, 'x', of)
  const messages = await Promise.all(['c', 'd', 'e'].map((id) => failures.messageOf({ id, epoch: 0 })))
  expect(messages).toEqual(['exactMatch was 0', 'it did not pass', 'judge: HTTP 503'])
})
