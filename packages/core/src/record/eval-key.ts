import type { Variant } from './record.ts'

/**
 * An eval with its variant as one text, such as `qa.eval.ts > capitals [model=mini, prompt=v1]`. Equal variants have equal
 * keys, whatever order their dimensions come in; what would read as something else is quoted: `model="a, b=c"`.
 */
export function evalKey(evalName: string, variant: Variant): string {
  const dimensions = Object.keys(variant)
  if (dimensions.length === 0) return evalName
  const parts = dimensions.toSorted().map((dimension) => `${quoted(dimension)}=${quoted(variant[dimension]!)}`)
  return `${evalName} [${parts.join(', ')}]`
}

/** A variant as text for people, such as `model=mini, prompt=v1`, in the order it was declared in; empty without one. */
export function variantLabel(variant: Variant): string {
  return Object.entries(variant)
    .map(([dimension, value]) => `${dimension}=${value}`)
    .join(', ')
}

function quoted(text: string): string {
  return /[",=]/.test(text) ? JSON.stringify(text) : text
}
