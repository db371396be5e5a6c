import { countsInstead, evalKey, keyOf, type ExperimentStore, type SampleRecord, type Variant } from '@evals/core'
import type { EvalPlan } from './eval-plan.ts'

/** Whose records are meant. */
export interface EvalRevision {
  readonly eval: string
  readonly variant: Variant
  readonly revision: number
}

/** The stored records of one eval, variant and revision, of all runs, oldest first. */
export async function* recordsOf(
  { store, experiment }: { readonly store: Pick<ExperimentStore, 'scan'>; readonly experiment: string },
  { eval: name, variant, revision }: EvalRevision,
): AsyncGenerator<SampleRecord> {
  const key = evalKey(name, variant)
  for await (const record of store.scan(experiment, { eval: name })) {
    if (record.revision === revision && evalKey(record.eval, record.variant) === key) yield record
  }
}

/** Those of a plan. */
export async function* storedRecords({
  eval: name,
  variant,
  run,
  resumed,
}: Pick<EvalPlan, 'eval' | 'variant' | 'run' | 'resumed'>): AsyncGenerator<SampleRecord> {
  if (run !== undefined) yield* recordsOf(run, { eval: name, variant, revision: resumed.plan.revision })
}

/** Of each of the wanted samples (keys, see `keyOf`) the record that counts, if it is a scored one. */
export async function scoredRecords(
  plan: Parameters<typeof storedRecords>[0],
  wanted: ReadonlySet<string>,
): Promise<SampleRecord[]> {
  const counting = new Map<string, SampleRecord>()
  for await (const record of storedRecords(plan)) {
    const sample = keyOf(record)
    if (wanted.has(sample) && countsInstead(record, counting.get(sample))) counting.set(sample, record)
  }
  return [...counting.values()].filter(({ outcome }) => outcome === 'scored')
}
