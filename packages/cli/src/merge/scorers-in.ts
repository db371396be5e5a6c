import { whatCounts, type CountingScorers } from '@evals/core'
import type { MergePart } from './summarize-merged.ts'

/** Scorers that count in one of the experiments; of an eval of which one of them does not know that, all count. */
export function scorersIn(parts: readonly MergePart[]): CountingScorers {
  const known = parts.map(({ document, results }) => ({ counting: whatCounts(document).scorers, results }))
  const keys = new Set(known.flatMap(({ counting }) => [...counting.keys()]))
  return new Map(
    [...keys].flatMap((key) => {
      const names = known.filter(({ results }) => results.has(key)).map(({ counting }) => counting.get(key))
      return names.includes(undefined) ? [] : [[key, new Set(names.flatMap((own) => [...(own ?? [])]))]]
    }),
  )
}
