import { setTimeout as sleep } from 'node:timers/promises'
import { EvalsError, type ExperimentLease, type ExperimentStore } from '@evals/core'

/** How long other shards of the same run may hold the experiment for a moment, and how often it is tried again. */
const shardAttempts = 100
const shardPauseMs = 50

/**
 * Keeps other processes from an experiment. Shards of one run write to it side by side, so they only hold it for a moment,
 * to see that nobody holds all of it.
 * @throws EvalsError `EVALS_EXPERIMENT_IN_USE`
 */
export async function holdExperiment(
  store: ExperimentStore,
  experiment: string,
  { sharded }: { readonly sharded: boolean },
): Promise<ExperimentLease | undefined> {
  if (!sharded) return store.lease(experiment)
  await whileHeld(store, experiment, async () => {})
  return undefined
}

/** Does something that shards of one run must do one after the other. */
export async function whileHeld<Result>(
  store: ExperimentStore,
  experiment: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const lease = await leaseSoon(store, experiment)
  try {
    return await work()
  } finally {
    await lease.release()
  }
}

async function leaseSoon(store: ExperimentStore, experiment: string): Promise<ExperimentLease> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.lease(experiment)
    } catch (error) {
      const inUse = EvalsError.isInstance(error) && error.code === 'EVALS_EXPERIMENT_IN_USE'
      if (!inUse || attempt === shardAttempts) throw error
      await sleep(shardPauseMs)
    }
  }
}
