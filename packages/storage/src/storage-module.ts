import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { EvalsError, messageOf } from '@evals/core'
import { maskStorageUrl } from './mask-storage-url.ts'
import type { CacheFactory } from './open-cache.ts'
import type { StoreFactory } from './open-store.ts'

/** What a module of somebody else exports to be a storage backend. */
export interface StorageModule {
  /** Opens the store; called in the main process, in each worker and by the CLI. */
  readonly openStore: StoreFactory
  /** Opens its cache of model responses. Default: files in the folder `.evals/cache`. */
  readonly openCache?: CacheFactory
}

/**
 * Loads the module that `MODULE#LOCATION` names: a path relative to `root`, or a package that `root` can import.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function loadStorageModule(
  location: string,
  root: string,
): Promise<StorageModule & { readonly rest: string }> {
  const [, specifier = '', rest = ''] = /^([^#]*)#?(.*)$/s.exec(location) ?? []
  let loaded: Partial<StorageModule>
  try {
    const path = createRequire(join(root, 'package.json')).resolve(specifier)
    loaded = (await import(pathToFileURL(path).href)) as Partial<StorageModule>
  } catch (error) {
    throw unusable(`cannot be loaded: ${messageOf(error)}`, { location, cause: error })
  }
  const { openStore } = loaded
  if (typeof openStore !== 'function') throw unusable('exports no function `openStore`', { location })
  return { ...loaded, openStore, rest }
}

function unusable(what: string, { location: given, ...cause }: { location: string; cause?: unknown }): EvalsError {
  const location = maskStorageUrl(given)
  return new EvalsError(
    'EVALS_STORAGE_UNKNOWN',
    `The module of the storage "module://${location}" ${what}. Write module://./my-store.ts#LOCATION, relative to the root, or module://my-package#LOCATION.`,
    { ...cause, details: { location } },
  )
}
