import { dirname, resolve } from 'node:path'
import { MemoryResponseCache, type ResponseCache } from '@evals/core'
import type { ExperimentLog } from './experiment-log.ts'
import type { CacheOptions } from './open-cache.ts'
import type { LabelOptions, LabelStore } from './open-labels.ts'
import type { LogOptions } from './open-log.ts'
import type { StoreFactory } from './open-store.ts'

/** A kind of storage: opens what stands behind the scheme in a URL. Each function loads its code when it is called. */
export interface StorageBackend {
  /** Absolute path of the folder that it writes to; absent where it needs none. */
  readonly folder?: (location: string, root: string) => string
  readonly openStore: StoreFactory
  /** `undefined`, or absent: files in its folder, else in `.evals`. */
  readonly openCache?: (location: string, options: CacheOptions) => Promise<ResponseCache | undefined>
  /** Absent where nothing but a scan of the store tells what is new. */
  readonly openLog?: (location: string, options: LogOptions) => Promise<ExperimentLog>
  /** Absent where it keeps no labels: they lie in the folder of an experiment. */
  readonly openLabels?: (location: string, options: LabelOptions) => Promise<LabelStore>
}

const json: StorageBackend = {
  folder: folderAt,
  async openStore(location, { root, writer }) {
    const { JsonStore } = await import('./json/json-store.ts')
    return new JsonStore({ folder: folderAt(location, root), writer })
  },
  async openLog(location, { root, experiment }) {
    const { JsonLog } = await import('./json/json-log.ts')
    return new JsonLog(folderAt(location, root), experiment)
  },
  async openLabels(location, { root, experiment }) {
    const { LabelFile } = await import('./json/label-file.ts')
    return new LabelFile(folderAt(location, root), experiment)
  },
}

const sqlite: StorageBackend = {
  folder: (location, root) => dirname(databaseAt(location, root)),
  async openStore(location, { root }) {
    const { SqliteStore } = await import('./sqlite/sqlite-store.ts')
    return new SqliteStore({ file: databaseAt(location, root) })
  },
  async openLog(location, { root, experiment }) {
    const { SqliteLog } = await import('./sqlite/sqlite-log.ts')
    return new SqliteLog(databaseAt(location, root), experiment)
  },
}

const memory: StorageBackend = {
  openStore: async () => (await import('./shared-memory-store.ts')).sharedMemoryStore,
  openCache: async () => new MemoryResponseCache(),
}

const module: StorageBackend = {
  async openStore(location, options) {
    const { loadStorageModule } = await import('./storage-module.ts')
    const { openStore, rest } = await loadStorageModule(location, options.root)
    return openStore(rest, options)
  },
  async openCache(location, options) {
    const { loadStorageModule } = await import('./storage-module.ts')
    const { openCache, rest } = await loadStorageModule(location, options.root)
    return openCache?.(rest, options)
  },
}

/** By the scheme of their URLs. */
export const backends: Readonly<Record<string, StorageBackend>> = { json, sqlite, memory, module }

function folderAt(location: string, root: string): string {
  return resolve(root, location || '.evals')
}

function databaseAt(location: string, root: string): string {
  return resolve(root, location || '.evals/evals.sqlite')
}
