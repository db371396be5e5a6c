import { keyOf, removedSamples, type RemovedSamples } from '@evals/core'
import type { MergePart } from './summarize-merged.ts'

/** Samples that one of the experiments knows to be no part of their eval any more, and in none of them count. */
export function removedIn(parts: readonly MergePart[]): RemovedSamples {
  const removed = new Map<string, Set<string>>()
  for (const { document } of parts) {
    for (const [key, samples] of removedSamples(document)) {
      removed.set(key, new Set([...(removed.get(key) ?? []), ...samples]))
    }
  }
  for (const { results } of parts) {
    for (const [key, counting] of results)
      for (const result of counting.values()) removed.get(key)?.delete(keyOf(result))
  }
  return removed
}
