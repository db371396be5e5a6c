import { didYouMean, evalKey, EvalsError } from '@evals/core'
import { toComparedSide, type ComparedSide, type StoredEval, type StoredSide } from '@evals/core/stats'

/**
 * The values of a variant against each other: each eval once for every two of them, in the order they were recorded, with the
 * variant `mini → big`, so that all tests are adjusted together. Evals without that variant are left out.
 * @throws EvalsError `EVALS_USAGE_INVALID` where no eval has two values of it
 */
export function sidesByVariant(
  { experiment, evals, scorers }: StoredSide,
  dimension: string,
): { readonly base: ComparedSide; readonly other: ComparedSide } {
  const varied = evals.filter(({ variant }) => Object.hasOwn(variant, dimension))
  const groups = Map.groupBy(varied, ({ eval: name, variant }) => {
    return evalKey(name, { ...variant, [dimension]: '' })
  })
  const pairs = [...groups.values()].flatMap((group) => pairsOf(group, dimension))
  if (pairs.length === 0) throw notVaried(experiment, evals, dimension)
  return {
    base: toComparedSide({ evals: pairs.map(([base]) => base), scorers }),
    other: toComparedSide({ evals: pairs.map(([, other]) => other), scorers }),
  }
}

function pairsOf(group: readonly StoredEval[], dimension: string): (readonly [StoredEval, StoredEval])[] {
  return group.flatMap((base, index) =>
    group.slice(index + 1).map((other) => {
      const variant = { ...base.variant, [dimension]: `${base.variant[dimension]!} → ${other.variant[dimension]!}` }
      return [
        { ...base, variant },
        { ...other, variant },
      ] as const
    }),
  )
}

function notVaried(experiment: string, evals: readonly StoredEval[], dimension: string): EvalsError {
  const known = [...new Set(evals.flatMap(({ variant }) => Object.keys(variant)))]
  const there = known.length === 0 ? 'Its evals have no variants.' : `Its variants are ${known.join(', ')}.`
  return new EvalsError(
    'EVALS_USAGE_INVALID',
    `No eval of "${experiment}" has two values of a variant "${dimension}".${didYouMean(dimension, known)}\n${there}`,
    { details: { experiment, by: dimension } },
  )
}
