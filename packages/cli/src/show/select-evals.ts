import { didYouMean, evalKey, EvalsError, variantLabel, type Variant } from '@evals/core'

/** Whether an eval is meant by `--eval`: its name with the variant, as key or as tests show it, contains the text. */
export function isSelected(
  wanted: string | undefined,
  { eval: name, variant }: { readonly eval: string; readonly variant: Variant },
): boolean {
  if (wanted === undefined) return true
  return evalKey(name, variant).includes(wanted) || `${name} [${variantLabel(variant)}]`.includes(wanted)
}

/**
 * Fails where `--eval` means no eval.
 * @param known the experiment's evals
 * @throws EvalsError `EVALS_EVAL_UNKNOWN`
 */
export function checkSelected(wanted: string | undefined, selected: number, known: Iterable<string>): void {
  if (wanted === undefined || selected > 0) return
  const names = [...new Set([...known].map((name) => name.split(' > ').at(-1) ?? name))]
  throw new EvalsError(
    'EVALS_EVAL_UNKNOWN',
    `No eval's name contains ${JSON.stringify(wanted)}.${didYouMean(wanted, names)}\n\`evals show EXPERIMENT\` shows all.`,
    { details: { eval: wanted } },
  )
}
