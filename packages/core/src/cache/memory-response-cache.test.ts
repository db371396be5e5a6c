import { expect, test } from 'vitest'
import { responseCacheContract } from '../testing/response-cache-contract.ts'
import { MemoryResponseCache } from './memory-response-cache.ts'

const cache = new MemoryResponseCache()

test.for(responseCacheContract(async () => cache))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})

test('the newest entry is the one written last, also over an older one', async () => {
  const memory = new MemoryResponseCache()
  for (const key of ['a', 'b', 'c', 'a']) await memory.write({ model: 'm', key }, key)
  expect(await memory.newest('m', 2)).toEqual(['a', 'c'])
})
