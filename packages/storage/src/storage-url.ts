import { didYouMean, EvalsError } from '@evals/core'
import { backends, type StorageBackend } from './backends.ts'
import { maskStorageUrl } from './mask-storage-url.ts'

/**
 * The kind of storage that a URL such as `json://.evals` means, and the part behind its `://`.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export function readStorageUrl(url: string): { readonly backend: StorageBackend; readonly location: string } {
  const [, scheme = '', location = ''] = /^([a-z][a-z0-9+-]*):\/\/(.*)$/.exec(url) ?? []
  const backend = Object.hasOwn(backends, scheme) ? backends[scheme] : undefined
  if (backend !== undefined) return { backend, location }
  const known = Object.keys(backends)
  const shown = maskStorageUrl(url)
  throw new EvalsError(
    'EVALS_STORAGE_UNKNOWN',
    `There is no storage "${shown}".${didYouMean(url.split(':', 1)[0] ?? '', known)} Known: ${known.map((name) => `${name}://…`).join(', ')}, for example json://.evals.`,
    { details: { url: shown, known } },
  )
}
