import type { ExperimentStore } from '@evals/core'
import type { ExperimentLog } from './experiment-log.ts'
import { ScanLog } from './scan-log.ts'
import { readStorageUrl } from './storage-url.ts'

/** What a log is opened with. */
export interface LogOptions {
  /** Absolute path that relative paths are resolved against. */
  readonly root: string
  readonly experiment: string
  /** The store of the same URL. */
  readonly store: ExperimentStore
}

/**
 * Opens the log of one experiment in the store a URL names.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openLog(url: string, options: LogOptions): Promise<ExperimentLog> {
  const { backend, location } = readStorageUrl(url)
  return backend.openLog?.(location, options) ?? new ScanLog(options.store, options.experiment)
}
