import { findBaseline, newestExperiment, scratchExperiments } from '@evals/core'
import { openStore } from '@evals/storage'
import { mergeBaselines } from '../baseline-option.ts'
import { defaultStorage, type RunOptions } from '../options.ts'
import type { RunContext } from '../protocol.ts'

/**
 * A project's context in which the baseline is the name of an experiment that exists, the same for all files of the run
 * whatever other runs end meanwhile.
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, `EVALS_OPTION_INVALID`
 */
export async function settleBaseline(context: RunContext): Promise<RunContext> {
  const { root, defaults, overrides } = context
  const named = mergeBaselines(defaults.baseline, overrides.baseline)
  if (named === undefined) return context
  const options = { ...defaults, ...overrides }
  const store = await openStore(options.storage ?? defaultStorage, { root, writer: 'main' })
  try {
    const own = options.experiment === 'last' ? await newestExperiment(store) : options.experiment
    const scratch = Object.values(scratchExperiments)
    const { experiment } = await findBaseline(store, named.experiment, own === undefined ? scratch : [own, ...scratch])
    const settle = ({ baseline, ...rest }: RunOptions): RunOptions =>
      baseline === undefined ? rest : { ...rest, baseline: mergeBaselines(baseline, experiment)! }
    return { ...context, defaults: settle(defaults), overrides: settle(overrides) }
  } finally {
    await store.close()
  }
}
