import type { Command } from 'commander'
import { withExperiment } from '../experiment/find-experiment.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'

/** Options of `rescore`. */
export interface RescoreFlags extends StorageFlags {
  readonly scorers?: string
  readonly eval?: string
}

export function defineRescore(command: Command): void {
  addStorageOption(command)
    .option('--scorers <file>', 'the module that exports the scorers (default: evals.scorers.ts, .mts, .js or .mjs)')
    .option('--eval <name>', 'only evals whose name contains this')
    .action((experiment: string, flags: RescoreFlags) =>
      withExperiment(flags, experiment, async (found, url) => {
        const { rescoreExperiment } = await import('../rescore/rescore-experiment.ts')
        await rescoreExperiment(found, flags, url)
      }),
    )
}
