import { didYouMean, evalKey, EvalsError } from '@evals/core'
import type { StoredEval, StoredSide } from '@evals/core/stats'
import type { Rename } from '../commands/compare.ts'

/**
 * Gives evals their names of today: a whole name, what stands before a ` > ` (a file, a describe), or the value of a variant.
 * @throws EvalsError `EVALS_EVAL_UNKNOWN` where nothing has the old name, `EVALS_USAGE_INVALID` where two evals would have
 *   the same
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
  const renamed = evals.map(({ eval: name, variant, ...stored }) => ({
    ...stored,
    eval: rename(name),
    variant: Object.fromEntries(
      Object.entries(variant).map(([dimension, value]) => [dimension, value === old ? now : value]),
    ),
  }))
  checkApart(renamed, { experiment, rename: [old, now] })
  const declared = Map.groupBy(Object.entries(scorers), ([name]) => rename(name))
  return {
    experiment,
    evals: renamed,
    scorers: Object.fromEntries([...declared].map(([name, own]) => [name, own.flatMap(([, scorer]) => scorer)])),
  }
}

/** Two evals of one name would be compared as if they were one. */
function checkApart(
  evals: readonly Pick<StoredEval, 'eval' | 'variant'>[],
  { experiment, rename: [old, now] }: { readonly experiment: string; readonly rename: Rename },
): void {
  const keys = evals.map(({ eval: name, variant }) => evalKey(name, variant))
  const twice = keys.find((key, index) => keys.indexOf(key) < index)
  if (twice === undefined) return
  throw new EvalsError(
    'EVALS_USAGE_INVALID',
    `"${experiment}" has "${twice}" already, so --rename "${old}=${now}" would make one eval of two.\nGive the other one another name first: --rename "${now}=OTHER" --rename "${old}=${now}".`,
    { details: { rename: old, eval: twice } },
  )
}

/** `a.eval.ts > b > c` → `a.eval.ts`, `a.eval.ts > b`, and all of it. */
function pathsOf(name: string): string[] {
  const parts = name.split(' > ')
  return parts.map((_part, index) => parts.slice(0, index + 1).join(' > '))
}
