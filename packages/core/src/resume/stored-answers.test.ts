import { expect, test } from 'vitest'
import { MemoryStore } from '../store/memory-store.ts'
import { makeEntry } from '../testing/make-entry.ts'
import { StoredAnswers } from './stored-answers.ts'

const wanted = { eval: 'qa.eval.ts > capitals', variant: {}, revision: 0 }

/** A store that counts how often it is read. */
class CountingStore extends MemoryStore {
  scans = 0

  override scan(...parameters: Parameters<MemoryStore['scan']>): ReturnType<MemoryStore['scan']> {
    this.scans += 1
    return super.scan(...parameters)
  }
}

test('gives the newest record with an output, once', async () => {
  const store = new MemoryStore()
  store.append('exp', makeEntry({ id: 'a', output: 'old' }))
  store.append('exp', makeEntry({ id: 'a', output: 'answered', outcome: 'answered' }))
  store.append('exp', makeEntry({ id: 'a', output: 'of an error', outcome: 'error' }))
  store.append('exp', makeEntry({ id: 'a', output: 'newer revision', revision: 1 }))
  store.append('exp', makeEntry({ id: 'a', output: 'other variant', variant: { model: 'mini' } }))
  store.append('exp', makeEntry({ id: 'a', output: 'other epoch', epoch: 1 }))
  store.append('exp', makeEntry({ id: 'b', output: 'not wanted' }))
  const answers = new StoredAnswers(store, 'exp', { ...wanted, keys: ['a', 'gone'] })
  expect(await answers.take({ id: 'a', epoch: 0 })).toMatchObject({ output: 'answered' })
  expect(await answers.take({ id: 'a', epoch: 0 })).toBeUndefined()
  expect(await answers.take({ id: 'b', epoch: 0 })).toBeUndefined()
  expect(await answers.take({ id: 'gone', epoch: 0 })).toBeUndefined()
})

test('of a sample that has no output gives the newest scored record', async () => {
  const store = new MemoryStore()
  const { output: _output, ...scored } = makeEntry({ id: 'a' }).record
  for (const run of ['1', '2']) store.append('exp', { record: { ...scored, run }, attachments: [] })
  store.append('exp', { record: { ...scored, outcome: 'cancelled' }, attachments: [] })
  const answers = new StoredAnswers(store, 'exp', { ...wanted, keys: ['a'] })
  expect(await answers.take({ id: 'a', epoch: 0 })).toMatchObject({ run: '2', outcome: 'scored' })
})

test('holds no more than two windows, though most of what is in them is never taken', async () => {
  const store = new CountingStore()
  const ids = Array.from({ length: 30 }, (_, index) => `id ${index}`)
  for (const id of ids) store.append('exp', makeEntry({ id, output: id }))
  const answers = new StoredAnswers(store, 'exp', { ...wanted, keys: ids, windowSize: 10 })
  for (const id of ['id 0', 'id 10', 'id 20', 'id 11']) await answers.take({ id, epoch: 0 })
  expect(store.scans).toBe(3)
  // The first window is gone.
  expect(await answers.take({ id: 'id 1', epoch: 0 })).toMatchObject({ output: 'id 1' })
  expect(store.scans).toBe(4)
})

test('reads the store once for each window, however many ask at once', async () => {
  const store = new CountingStore()
  const ids = Array.from({ length: 25 }, (_, index) => `id ${index}`)
  for (const id of ids) store.append('exp', makeEntry({ id, output: id }))
  const answers = new StoredAnswers(store, 'exp', { ...wanted, keys: ids, windowSize: 10 })
  expect(store.scans).toBe(0)
  const taken = await Promise.all(ids.map((id) => answers.take({ id, epoch: 0 })))
  expect(taken.map((record) => record?.output)).toEqual(ids)
  expect(store.scans).toBe(3)
})
