import { EvalsError } from '../errors.ts'
import type { Variant } from '../record/record.ts'
import type { EvaluateVariants } from './evaluate-options.ts'

/** One combination of variants. */
export interface VariantCombination {
  /** The names of its values. */
  readonly variant: Variant
  /** Its values by dimension, made when they are first asked for. */
  readonly values: object
}

/**
 * Every combination of values, the last dimension changing fastest; without variants a single one.
 * @throws EvalsError `EVALS_EVAL_INVALID` for a dimension without values
 */
export function variantCombinations(variants: EvaluateVariants): VariantCombination[] {
  let combinations: VariantCombination[] = [{ variant: {}, values: {} }]
  for (const [dimension, values] of Object.entries(variants)) {
    const makers = Object.entries(values).map(([name, value]) => [name, once(value)] as const)
    if (makers.length === 0) {
      throw new EvalsError(
        'EVALS_EVAL_INVALID',
        `The variants of "${dimension}" are empty. Give at least one: { ${dimension}: { name: value } }.`,
      )
    }
    combinations = combinations.flatMap((combination) =>
      makers.map(([name, make]) => ({
        variant: { ...combination.variant, [dimension]: name },
        values: Object.defineProperties<object>(
          {},
          { ...Object.getOwnPropertyDescriptors(combination.values), [dimension]: { get: make, enumerable: true } },
        ),
      })),
    )
  }
  return combinations
}

function once(value: unknown): () => unknown {
  if (typeof value !== 'function') return () => value
  const factory = value as () => unknown
  let made: { readonly value: unknown } | undefined
  return () => (made ??= { value: factory() }).value
}
