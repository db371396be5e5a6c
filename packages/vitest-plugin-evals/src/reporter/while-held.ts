import { setTimeout as sleep } from 'node:timers/promises'
import { EvalsError, type ExperimentLease, type ExperimentStore } from '@evals/core'

/** How long other shards of the same run may hold the experiment for a moment, and how often it is tried again. */
const shardAttempts = 100
const shardPauseMs = 50

/**
 * Does something that shards of one run, which write to an experiment side by side, must do one after the other.
 * @throws EvalsError `EVALS_EXPERIMENT_IN_USE` where somebody holds all of the experiment
 */
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
