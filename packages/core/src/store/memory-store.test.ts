import { expect, test } from 'vitest'
import { experimentStoreContract } from '../testing/experiment-store-contract.ts'
import { MemoryStore } from './memory-store.ts'

const store = new MemoryStore()

test.for(experimentStoreContract(async () => store))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
