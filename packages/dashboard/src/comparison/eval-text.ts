import type { RecordKey } from '@evals/core'

/** An eval with its variant as one text, as the data source names it: `qa.eval.ts > capitals [model=mini]`. */
export function evalText({ eval: name, variant }: Pick<RecordKey, 'eval' | 'variant'>): string {
  const values = Object.entries(variant).map(([dimension, value]) => `${dimension}=${value}`)
  return values.length === 0 ? name : `${name} [${values.join(', ')}]`
}
