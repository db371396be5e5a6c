import { resolve } from 'node:path'
import type { ExperimentStore } from '@evals/core'
import { readStorageUrl } from './storage-url.ts'

/** What a store is opened with. */
export interface StoreOptions {
  /** Absolute path that relative folders are resolved against. */
  readonly root: string
  /** Unique among the writers of one run, for example a worker's number. */
  readonly writer: string
}

type StoreFactory = (location: string, options: StoreOptions) => Promise<ExperimentStore>

/** One line a storage backend; each loads its code when it is first opened. */
const schemes: Readonly<Record<string, StoreFactory>> = {
  json: async (location, { root, writer }) => {
    const { JsonStore } = await import('./json/json-store.ts')
    return new JsonStore({ folder: resolve(root, location === '' ? '.evals' : location), writer })
  },
}

/**
 * Opens the store a URL such as `json://.evals` names.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openStore(url: string, options: StoreOptions): Promise<ExperimentStore> {
  const { open, location } = readStorageUrl(url, schemes)
  return open(location, options)
}
