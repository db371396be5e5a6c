import { didYouMean, EvalsError } from '@evals/core'
import { maskStorageUrl } from './mask-storage-url.ts'

/**
 * Which of several ways to open something a URL such as `json://.evals` means, and the part behind its `://`.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export function readStorageUrl<Factory>(
  url: string,
  schemes: Readonly<Record<string, Factory>>,
): { readonly open: Factory; readonly location: string } {
  const [, scheme = '', location = ''] = /^([a-z][a-z0-9+-]*):\/\/(.*)$/.exec(url) ?? []
  const open = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined
  if (open !== undefined) return { open, location }
  const known = Object.keys(schemes)
  const shown = maskStorageUrl(url)
  throw new EvalsError(
    'EVALS_STORAGE_UNKNOWN',
    `There is no storage "${shown}".${didYouMean(url.split(':', 1)[0] ?? '', known)} Known: ${known.map((name) => `${name}://…`).join(', ')}, for example json://.evals.`,
    { details: { url: shown, known } },
  )
}
