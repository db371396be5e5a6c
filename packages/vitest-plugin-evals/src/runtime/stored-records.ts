import { evalKey, keyOf, type SampleRecord } from '@evals/core'
import type { EvalPlan } from './eval-plan.ts'

/** The stored records of a plan's eval, variant and revision, of all runs, oldest first. */
export async function* storedRecords({
  eval: name,
  variant,
  run,
  resumed,
}: Pick<EvalPlan, 'eval' | 'variant' | 'run' | 'resumed'>): AsyncIterable<SampleRecord> {
  if (run === undefined) return
  const key = evalKey(name, variant)
  for await (const record of run.store.scan(run.experiment, { eval: name })) {
    if (record.revision === resumed.plan.revision && evalKey(record.eval, record.variant) === key) yield record
  }
}

/** Of each of the wanted samples (keys, see `keyOf`) that was scored its record that counts. */
export async function scoredRecords(
  plan: Parameters<typeof storedRecords>[0],
  wanted: ReadonlySet<string>,
): Promise<SampleRecord[]> {
  const newest = new Map<string, SampleRecord>()
  for await (const record of storedRecords(plan)) {
    const sample = keyOf(record)
    if (record.outcome === 'scored' && wanted.has(sample)) newest.set(sample, record)
  }
  return [...newest.values()]
}
