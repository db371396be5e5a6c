import { MemoryStore } from '@evals/core'

/** What `memory://` means: the same experiments each time it is opened. */
export const sharedMemoryStore: MemoryStore = new MemoryStore()
