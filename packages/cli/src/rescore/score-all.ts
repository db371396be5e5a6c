import { evalKey, type ExperimentLease } from '@evals/core'
import type { RescorePlan } from './plan-rescore.ts'
import type { RescoreCounts } from './rescore-counts.ts'
import { rescoreRecord, type RescoreSetting } from './rescore-record.ts'

/** How many outputs are scored at the same time: judges are waited for. */
const concurrency = 100

interface ScoringSetting extends RescoreSetting {
  readonly lease: ExperimentLease
  readonly counts: RescoreCounts
}

/**
 * Scores all that is planned and appends it.
 * @returns true if it was interrupted before its end
 * @throws EvalsError of the store, `EVALS_EXPERIMENT_LEASE_LOST`, and what stops all scoring, such as a refused key
 */
export async function scoreAll(plan: RescorePlan, setting: ScoringSetting): Promise<boolean> {
  const { store, experiment, lease, signal, counts } = setting
  const failure = new AbortController()
  const stop = AbortSignal.any([signal, lease.lost, failure.signal])
  const records = plan.records()
  const workOn = async (): Promise<void> => {
    for (;;) {
      try {
        const next = await records.next()
        if (next.done === true || stop.aborted) return
        const { value: stored } = next
        const eval_ = plan.evals.get(evalKey(stored.eval, stored.variant))!
        const rescored = await rescoreRecord(stored, eval_, { ...setting, signal: stop })
        await store.append(experiment, rescored.entry)
        counts.add(stored, rescored)
      } catch (error) {
        failure.abort(error)
        return
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, workOn))
  lease.lost.throwIfAborted()
  if (!signal.aborted) failure.signal.throwIfAborted()
  return signal.aborted
}
