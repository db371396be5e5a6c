import { resolve } from 'node:path'
import type { ExperimentStore } from '@evals/core'
import type { ExperimentLog } from './experiment-log.ts'
import { readStorageUrl } from './storage-url.ts'

/** What a log is opened with. */
export interface LogOptions {
  /** Absolute path that relative paths are resolved against. */
  readonly root: string
  readonly experiment: string
  /** The store of the same URL. */
  readonly store: ExperimentStore
}

type LogFactory = (location: string, options: LogOptions) => Promise<ExperimentLog>

const scanning: LogFactory = async (_location, { store, experiment }) => {
  const { ScanLog } = await import('./scan-log.ts')
  return new ScanLog(store, experiment)
}

/** Stores that can tell what is new without being read as a whole have a log of their own. */
const schemes: Readonly<Record<string, LogFactory>> = {
  json: async (location, { root, experiment }) => {
    const { JsonLog } = await import('./json/json-log.ts')
    return new JsonLog(resolve(root, location || '.evals'), experiment)
  },
  sqlite: async (location, { root, experiment }) => {
    const { SqliteLog } = await import('./sqlite/sqlite-log.ts')
    return new SqliteLog(resolve(root, location || '.evals/evals.sqlite'), experiment)
  },
  memory: scanning,
  module: scanning,
}

/**
 * Opens the log of one experiment in the store a URL names.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openLog(url: string, options: LogOptions): Promise<ExperimentLog> {
  const { open, location } = readStorageUrl(url, schemes)
  return open(location, options)
}
