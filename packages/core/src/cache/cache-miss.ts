import { EvalsError } from '../errors.ts'
import type { CachedCall } from '../request/call-cache.ts'
import { storedCallOf } from './cache-entry.ts'
import { differencesOf, distanceOf, leavesOf, type CallDifference, type CallLeaves } from './call-difference.ts'

const shownDifferences = 3

/** What is known of a miss. */
export interface MissFacts {
  readonly call: CachedCall
  readonly salt: string | undefined
  readonly key: string
  /** The stored calls of the same model that it is compared with. */
  readonly stored: readonly CallLeaves[]
}

/** The `EVALS_CACHE_MISS` that shows what the nearest stored call has different. */
export function cacheMiss({ call, salt, key, stored }: MissFacts): EvalsError {
  const made = leavesOf(storedCallOf(call, salt))
  let nearest: { readonly leaves: CallLeaves; readonly distance: number } | undefined
  for (const leaves of stored) {
    const distance = distanceOf(leaves, made)
    if (nearest === undefined || distance < nearest.distance) nearest = { leaves, distance }
  }
  const differences = nearest === undefined ? [] : differencesOf(nearest.leaves, made)
  const { model } = call
  return new EvalsError(
    'EVALS_CACHE_MISS',
    `No answer is stored for this call of ${model}, and \`cache: 'replay'\` makes none. ${describe(model, stored.length, differences)}`,
    { details: { model, key, differences } },
  )
}

function describe(model: string, stored: number, differences: readonly CallDifference[]): string {
  if (stored === 0) return `Nothing at all is stored for ${model}: run once with \`cache: 'on'\`.`
  if (differences.length === 0) {
    return "An equal call is stored under another key, by another version or a renamed file: run once with `cache: 'on'`."
  }
  const shown = differences.slice(0, shownDifferences).map(describeDifference)
  const more = differences.length - shown.length
  const rest = more > 0 ? `; and in ${more} more` : ''
  const compared = stored === 1 ? 'The only stored call' : `The nearest of ${stored} stored calls`
  return `${compared} differs in ${shown.join('; ')}${rest}. Undo the change, or run once with \`cache: 'on'\`.`
}

function describeDifference({ path, stored, made }: CallDifference): string {
  return `${path}: stored ${stored ?? 'nothing'}, called with ${made ?? 'nothing'}`
}
