import type { Command } from 'commander'
import { withExperiment } from '../experiment/find-experiment.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'

/** Options of `show`. */
export interface ShowFlags extends StorageFlags {
  readonly eval?: string
  readonly errors?: true
  readonly sample?: string
  readonly json?: true
}

export function defineShow(command: Command): void {
  addStorageOption(command)
    .option('--eval <name>', 'only evals whose name contains this')
    .option('--errors', 'count the errors by code and message, with examples')
    .option('--sample <id>', 'all that is recorded of a sample')
    .option('--json', 'print one JSON document')
    .action((experiment: string, flags: ShowFlags) =>
      withExperiment(flags, experiment, async (found) => {
        if (flags.sample !== undefined)
          return (await import('../show/show-sample.ts')).showSample(found, flags.sample, flags)
        if (flags.errors) return (await import('../show/show-errors.ts')).showErrors(found, flags)
        return (await import('../show/show-figures.ts')).showFigures(found, flags)
      }),
    )
}
