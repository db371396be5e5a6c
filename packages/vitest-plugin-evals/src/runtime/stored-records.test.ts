import { MemoryStore, type SampleRecord } from '@evals/core'
import { makeDocument, makeEntry, makeRun } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { scoredRecords } from './stored-records.ts'

const name = 'qa.eval.ts > capitals'

async function scoredOf(...records: readonly Partial<SampleRecord>[]): Promise<unknown[]> {
  const store = new MemoryStore()
  await store.writeDocument(makeDocument('exp', { runs: [makeRun('run')] }))
  for (const record of records) store.append('exp', makeEntry({ id: 'a', ...record }))
  const plan = { eval: name, variant: {}, run: { store, experiment: 'exp' }, resumed: { plan: { revision: 0 } } }
  const found = await scoredRecords(plan as unknown as Parameters<typeof scoredRecords>[0], new Set(['a']))
  return found.map(({ output }) => output)
}

test('of a sample the record that counts is read, if it is scored', async () => {
  expect(await scoredOf({ output: 'first' }, { output: 'second' }, { outcome: 'error' })).toEqual(['second'])
  expect(await scoredOf({ outcome: 'error' })).toEqual([])
  expect(await scoredOf({ output: 'not wanted', id: 'b' })).toEqual([])
})

test('a changed row whose run failed leaves no scored record behind', async () => {
  expect(await scoredOf({ output: 'to the old row' }, { outcome: 'error', rowHash: 'changed' })).toEqual([])
})
