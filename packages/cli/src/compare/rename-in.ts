import { didYouMean, evalKey, EvalsError } from '@evals/core'
import type { StoredEval, StoredSide } from '@evals/core/stats'
import type { Rename } from '../commands/compare.ts'

/**
 * Gives evals their names of today: a whole name, what stands before a ` > ` (a file, a describe), the value of a variant,
 * or the end of one eval's name, as tables have it.
 * @throws EvalsError `EVALS_EVAL_UNKNOWN` where nothing has the old name, `EVALS_USAGE_INVALID` where several names end with
 *   it, or two evals would have the same
 */
export function renameIn(side: StoredSide, renames: readonly Rename[]): StoredSide {
  return renames.reduce(renameOnce, side)
}

function renameOnce(side: StoredSide, [old, now]: Rename): StoredSide {
  const { experiment, evals, scorers } = side
  const rename = renaming(side, [old, now])
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

/** What an eval is called after a rename. */
function renaming({ experiment, evals }: StoredSide, [old, now]: Rename): (name: string) => string {
  const names = new Set(evals.map(({ eval: name }) => name))
  const known = new Set(evals.flatMap(({ eval: name, variant }) => [...pathsOf(name), ...Object.values(variant)]))
  if (known.has(old)) return (name) => (pathsOf(name).includes(old) ? now + name.slice(old.length) : name)
  const [meant, ...others] = [...names].filter((name) => endsOf(name).includes(old))
  if (meant === undefined) {
    const near = didYouMean(old, [...known, ...[...names].flatMap(endsOf)])
    throw new EvalsError(
      'EVALS_EVAL_UNKNOWN',
      `No eval, file or value of a variant in "${experiment}" is named "${old}".${near}\n\`evals show ${experiment}\` shows all.`,
      { details: { rename: old } },
    )
  }
  if (others.length > 0) throw severalMeant([meant, ...others], { experiment, rename: [old, now] })
  return (name) => (name === meant ? name.slice(0, -old.length) + now : name)
}

interface FailedRename {
  readonly experiment: string
  readonly rename: Rename
}

function severalMeant(names: readonly string[], { experiment, rename: [old, now] }: FailedRename): EvalsError {
  const [first = ''] = names
  const listed = names.map((name) => `"${name}"`).join(', ')
  return new EvalsError(
    'EVALS_USAGE_INVALID',
    `${names.length} evals in "${experiment}" end with "${old}": ${listed}.\nGive the whole names, such as --rename "${first}=${first.slice(0, -old.length)}${now}".`,
    { details: { rename: old, evals: names } },
  )
}

/** Two evals of one name would be compared as if they were one. */
function checkApart(
  evals: readonly Pick<StoredEval, 'eval' | 'variant'>[],
  { experiment, rename: [old, now] }: FailedRename,
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

/** `a.eval.ts > b > c` → `b > c`, `c`. */
function endsOf(name: string): string[] {
  const parts = name.split(' > ')
  return parts.slice(1).map((_part, index) => parts.slice(index + 1).join(' > '))
}
