import type { Command } from 'commander'
import { findExperiment, withExperiment } from '../experiment/find-experiment.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'
import { note } from '../terminal/output.ts'

interface ReportFlags extends StorageFlags {
  readonly output: string
  readonly compare?: string
}

export function defineReport(command: Command): void {
  addStorageOption(command)
    .requiredOption('-o, --output <file>', 'the HTML file to write')
    .option('--compare <base>', 'put a comparison with this experiment in, and its samples')
    .action((experiment: string, { output, compare, ...flags }: ReportFlags) =>
      withExperiment(flags, experiment, async ({ store, document }, url) => {
        const { writeReport } = await import('../report/write-report.ts')
        const base = compare === undefined ? {} : { base: (await findExperiment(store, url, compare)).experiment }
        const onProblem = (text: string): void => note(`! ${text}`)
        const bytes = await writeReport(output, { store, url, experiment: document.experiment, ...base, onProblem })
        note(`${output}: ${(bytes / 1e6).toFixed(1)} MB`)
      }),
    )
}
