import { didYouMean, EvalsError } from '@evals/core'
import type { StoredSide } from '@evals/core/stats'
import type { Rename } from '../commands/compare.ts'

/**
 * Gives evals their names of today: a whole name, what stands before a ` > ` (a file, a describe), or the value of a variant.
 * @throws EvalsError `EVALS_EVAL_UNKNOWN` where nothing has the old name
 */
export function renameIn(side: StoredSide, renames: readonly Rename[]): StoredSide {
  return renames.reduce(renameOnce, side)
}

function renameOnce({ experiment, evals, scorers }: StoredSide, [old, now]: Rename): StoredSide {
  const known = new Set(evals.flatMap(({ eval: name, variant }) => [...pathsOf(name), ...Object.values(variant)]))
  if (!known.has(old)) {
    throw new EvalsError(
      'EVALS_EVAL_UNKNOWN',
      `No eval, file or value of a variant in "${experiment}" is named "${old}".${didYouMean(old, [...known])}\n\`evals show ${experiment}\` shows all.`,
      { details: { rename: old } },
    )
  }
  const rename = (name: string): string => (pathsOf(name).includes(old) ? now + name.slice(old.length) : name)
  return {
    experiment,
    evals: evals.map(({ eval: name, variant, ...stored }) => ({
      ...stored,
      eval: rename(name),
      variant: Object.fromEntries(
        Object.entries(variant).map(([dimension, value]) => [dimension, value === old ? now : value]),
      ),
    })),
    scorers: Object.fromEntries(Object.entries(scorers).map(([name, declared]) => [rename(name), declared])),
  }
}

/** `a.eval.ts > b > c` → `a.eval.ts`, `a.eval.ts > b`, and all of it. */
function pathsOf(name: string): string[] {
  const parts = name.split(' > ')
  return parts.map((_part, index) => parts.slice(0, index + 1).join(' > '))
}
