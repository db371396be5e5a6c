import { resolve } from 'node:path'
import { MemoryResponseCache, type ResponseCache } from '@evals/core'
import { readStorageUrl } from './storage-url.ts'

/** What a cache is opened with. */
export interface CacheOptions {
  /** Absolute path that relative folders are resolved against. */
  readonly root: string
}

type CacheFactory = (location: string, options: CacheOptions) => Promise<ResponseCache>

/** One line a storage backend; each loads its code when it is first opened. */
const schemes: Readonly<Record<string, CacheFactory>> = {
  json: async (location, { root }) => {
    const { FileResponseCache } = await import('./cache/file-response-cache.ts')
    return new FileResponseCache({ folder: resolve(root, location === '' ? '.evals' : location) })
  },
  memory: async () => new MemoryResponseCache(),
}

/**
 * Opens the cache of model responses beside the experiments that a URL such as `json://.evals` names: `json://FOLDER`
 * keeps it in `FOLDER/cache`, `memory://` only in this worker and as long as it lives.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openCache(url: string, options: CacheOptions): Promise<ResponseCache> {
  const { open, location } = readStorageUrl(url, schemes)
  return open(location, options)
}
