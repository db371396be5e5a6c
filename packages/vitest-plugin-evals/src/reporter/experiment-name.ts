import { experimentUnknown, newestExperiment, scratchExperiments, type ExperimentStore } from '@evals/core'

/**
 * The experiment a run writes to; the pilot of an estimate never to one that the user named.
 * @param asked what the user named, `last` for the newest one
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN` for `last` without any
 */
export async function experimentName(
  asked: string | undefined,
  { store, watch, estimate, fallback }: { store: ExperimentStore; watch: boolean; estimate: boolean; fallback: string },
): Promise<string> {
  if (estimate) return scratchExperiments.estimate
  if (asked === undefined) return watch ? scratchExperiments.watch : fallback
  if (asked !== 'last') return asked
  const newest = await newestExperiment(store)
  if (newest !== undefined) return newest
  throw experimentUnknown(asked, [])
}
