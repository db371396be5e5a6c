import { dirname, resolve } from 'node:path'
import { MemoryResponseCache, type ResponseCache } from '@evals/core'
import { readStorageUrl } from './storage-url.ts'

/** What a cache is opened with. */
export interface CacheOptions {
  /** Absolute path that relative folders are resolved against. */
  readonly root: string
}

/** Opens a cache; `location` is what stands behind the scheme in its URL. */
export type CacheFactory = (location: string, options: CacheOptions) => ResponseCache | Promise<ResponseCache>

/** One line a storage backend; each loads its code when it is first opened. */
const schemes: Readonly<Record<string, CacheFactory>> = {
  json: (location, { root }) => inFolder(resolve(root, location || '.evals')),
  sqlite: (location, { root }) => inFolder(dirname(resolve(root, location || '.evals/evals.sqlite'))),
  memory: () => new MemoryResponseCache(),
  module: async (location, options) => {
    const { loadStorageModule } = await import('./storage-module.ts')
    const { openCache: open, rest } = await loadStorageModule(location, options.root)
    return open === undefined ? inFolder(resolve(options.root, '.evals')) : open(rest, options)
  },
}

/**
 * Opens the cache of model responses that belongs to the store of a URL such as `json://.evals`: the folder `cache` in
 * its folder, beside its database, or in `.evals`; for `memory://` one that lives as long as this worker.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openCache(url: string, options: CacheOptions): Promise<ResponseCache> {
  const { open, location } = readStorageUrl(url, schemes)
  return open(location, options)
}

async function inFolder(folder: string): Promise<ResponseCache> {
  const { FileResponseCache } = await import('./cache/file-response-cache.ts')
  return new FileResponseCache({ folder })
}
