import { readStorageUrl } from './storage-url.ts'

/**
 * Absolute path of the folder that the storage of a URL writes to, which may not exist yet; `undefined` where it needs none.
 * @param root absolute path that relative paths are resolved against
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export function storageFolder(url: string, root: string): string | undefined {
  const { backend, location } = readStorageUrl(url)
  return backend.folder?.(location, root)
}
