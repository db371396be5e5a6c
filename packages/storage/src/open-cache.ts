import { resolve } from 'node:path'
import type { ResponseCache } from '@evals/core'
import { readStorageUrl } from './storage-url.ts'

/** What a cache is opened with. */
export interface CacheOptions {
  /** Absolute path that relative folders are resolved against. */
  readonly root: string
}

/** Opens a cache; `location` is what stands behind the scheme in its URL. */
export type CacheFactory = (location: string, options: CacheOptions) => ResponseCache | Promise<ResponseCache>

/**
 * Opens the cache of model responses that belongs to the store of a URL such as `json://.evals`: the folder `cache` in
 * its folder, beside its database, or in `.evals`; for `memory://` one that lives as long as this worker.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openCache(url: string, options: CacheOptions): Promise<ResponseCache> {
  const { backend, location } = readStorageUrl(url)
  const own = await backend.openCache?.(location, options)
  if (own !== undefined) return own
  const { FileResponseCache } = await import('./cache/file-response-cache.ts')
  return new FileResponseCache({ folder: backend.folder?.(location, options.root) ?? resolve(options.root, '.evals') })
}
