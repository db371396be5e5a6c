import { test } from 'vitest'
import { experimentStoreContract } from '../testing/experiment-store-contract.ts'
import { MemoryStore } from './memory-store.ts'

const store = new MemoryStore()

// oxlint-disable-next-line vitest/expect-expect -- the contract asserts with node:assert
for (const { name, run } of experimentStoreContract(async () => store)) test(name, run)
