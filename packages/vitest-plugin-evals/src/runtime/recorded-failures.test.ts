import { MemoryStore } from '@evals/core'
import { makeRecord } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { RecordedFailures } from './recorded-failures.ts'

test('an error is told with its code, a failed sample with what it missed', async () => {
  const store = new MemoryStore()
  const of = { eval: 'e', variant: {}, revision: 0 }
  const records = [
    makeRecord({ ...of, id: 'a', outcome: 'error', error: { name: 'Error', code: 'E_MODEL', message: 'no model' } }),
    makeRecord({ ...of, id: 'b', outcome: 'error', error: { name: 'Error', message: 'no code' } }),
    makeRecord({ ...of, id: 'c', passed: false, failure: { message: 'exactMatch was 0' } }),
    makeRecord({ ...of, id: 'd', passed: false }),
    makeRecord({ ...of, id: 'd', revision: 1, failure: { message: 'of another revision' } }),
  ]
  for (const record of records) store.append('x', { record, attachments: [] })
  const failures = new RecordedFailures(store, 'x', of)
  const messages = await Promise.all(['a', 'b', 'c', 'd'].map((id) => failures.messageOf({ id, epoch: 0 })))
  expect(messages).toEqual(['E_MODEL: no model', 'no code', 'exactMatch was 0', 'it did not pass'])
})
