import type { Variant } from './record.ts'

/** An eval with its variant as one text, such as `qa.eval.ts > capitals [model=mini, prompt=v1]`. */
export function evalKey(evalName: string, variant: Variant): string {
  const label = variantLabel(variant)
  return label === '' ? evalName : `${evalName} [${label}]`
}

/** A variant as text, such as `model=mini, prompt=v1`; empty without one. */
export function variantLabel(variant: Variant): string {
  return Object.entries(variant)
    .map(([dimension, value]) => `${dimension}=${value}`)
    .join(', ')
}
