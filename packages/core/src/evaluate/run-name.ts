import { randomBytes } from 'node:crypto'
import { experimentUnknown } from '../store/experiment-errors.ts'
import type { ExperimentStore } from '../store/experiment-store.ts'
import { newestExperiment } from '../store/newest-experiment.ts'

/** A new name of a run or an experiment such as `20260131_174509_1f2e3d4c`, in UTC. */
export function newRunName(date: Date): string {
  const [day = '', time = ''] = date.toISOString().replaceAll(/[-:]/g, '').split('T')
  return `${day}_${time.slice(0, 6)}_${randomBytes(4).toString('hex')}`
}

/**
 * The experiment that a run writes to.
 * @param asked `last` for the newest one of the store; `undefined` for `fallback`
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN` for `last` without any
 */
export async function experimentNamed(
  asked: string | undefined,
  { store, fallback }: { readonly store: ExperimentStore; readonly fallback: string },
): Promise<string> {
  if (asked !== 'last') return asked ?? fallback
  const newest = await newestExperiment(store)
  if (newest === undefined) throw experimentUnknown(asked, [])
  return newest
}
