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

/**
 * Opens the store a URL such as `json://.evals` names: `json://FOLDER`, `sqlite://FILE`, `memory://` (as long as the
 * process or worker lives), or `module://MODULE#LOCATION` for one of your own.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openStore(url: string, options: StoreOptions): Promise<ExperimentStore> {
  const { backend, location } = readStorageUrl(url)
  return backend.openStore(location, options)
}
