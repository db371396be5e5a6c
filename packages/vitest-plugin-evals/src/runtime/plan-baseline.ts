import {
  declaredScorers,
  findBaseline,
  scorerFingerprints,
  scratchExperiments,
  whatCounts,
  type BaselineOptions,
  type ScorerDeclaration,
  type WhatCounts,
} from '@evals/core'
import type { WorkerRun } from './worker-state.ts'

/** What an eval is compared with, once its samples have run. */
export interface PlannedBaseline {
  /** `experiment` is the name of one that exists. */
  readonly options: BaselineOptions
  /** What was declared of the eval's scorers there. */
  readonly scorers: readonly ScorerDeclaration[]
  /** What the scorers were there: `evalKey` → scorer → fingerprint. */
  readonly fingerprints: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly counting: WhatCounts
}

/**
 * Finds the baseline of an eval.
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, `EVALS_OPTION_INVALID`
 */
export async function planBaseline(
  options: BaselineOptions | undefined,
  run: WorkerRun | undefined,
  evalName: string,
): Promise<PlannedBaseline | undefined> {
  if (options === undefined || run === undefined) return undefined
  const own = [run.experiment, ...Object.values(scratchExperiments)]
  const document = await findBaseline(run.store, options.experiment, own)
  return {
    options: { ...options, experiment: document.experiment },
    scorers: declaredScorers(document)[evalName] ?? [],
    fingerprints: scorerFingerprints(document),
    counting: whatCounts(document),
  }
}
