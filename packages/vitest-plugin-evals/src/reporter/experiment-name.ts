import { randomBytes } from 'node:crypto'
import { EvalsError, type ExperimentStore } from '@evals/core'
import { scratchExperiments } from '../scratch-experiments.ts'

/** A new name or run id such as `20260131_174509_1f2e3d4c`, in UTC. */
export function newName(date: Date): string {
  const [day = '', time = ''] = date.toISOString().replaceAll(/[-:]/g, '').split('T')
  return `${day}_${time.slice(0, 6)}_${randomBytes(4).toString('hex')}`
}

/**
 * The experiment a run writes to; the pilot of an estimate never to one that the user named.
 * @param asked what the user named, `last` for the newest one
 * @throws EvalsError `EVALS_EXPERIMENT_NAME_INVALID` for `last` without any
 */
export async function experimentName(
  asked: string | undefined,
  { store, watch, estimate, fallback }: { store: ExperimentStore; watch: boolean; estimate: boolean; fallback: string },
): Promise<string> {
  if (estimate) return scratchExperiments.estimate
  if (asked === undefined) return watch ? scratchExperiments.watch : fallback
  if (asked !== 'last') return asked
  const [newest] = await store.list()
  if (newest !== undefined) return newest.experiment
  throw new EvalsError(
    'EVALS_EXPERIMENT_NAME_INVALID',
    'There is no last experiment yet. Leave the name out, or give one.',
  )
}
