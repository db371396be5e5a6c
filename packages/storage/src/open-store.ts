import { resolve } from 'node:path'
import type { ExperimentStore } from '@evals/core'
import { readStorageUrl } from './storage-url.ts'

/** What a store is opened with. */
export interface StoreOptions {
  /** Absolute path that relative paths are resolved against. */
  readonly root: string
  /** Unique among the writers of one run, for example a worker's number. */
  readonly writer: string
}

/** Opens a store; `location` is what stands behind the scheme in its URL. */
export type StoreFactory = (location: string, options: StoreOptions) => ExperimentStore | Promise<ExperimentStore>

/** One line a storage backend; each loads its code when it is first opened. */
const schemes: Readonly<Record<string, StoreFactory>> = {
  json: async (location, { root, writer }) => {
    const { JsonStore } = await import('./json/json-store.ts')
    return new JsonStore({ folder: resolve(root, location || '.evals'), writer })
  },
  sqlite: async (location, { root }) => {
    const { SqliteStore } = await import('./sqlite/sqlite-store.ts')
    return new SqliteStore({ file: resolve(root, location || '.evals/evals.sqlite') })
  },
  memory: async () => (await import('./shared-memory-store.ts')).sharedMemoryStore,
  module: async (location, options) => {
    const { loadStorageModule } = await import('./storage-module.ts')
    const { openStore: open, rest } = await loadStorageModule(location, options.root)
    return open(rest, options)
  },
}

/**
 * Opens the store a URL such as `json://.evals` names: `json://FOLDER`, `sqlite://FILE`, `memory://` (as long as the
 * process or worker lives), or `module://MODULE#LOCATION` for one of your own.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openStore(url: string, options: StoreOptions): Promise<ExperimentStore> {
  const { open, location } = readStorageUrl(url, schemes)
  return open(location, options)
}
