import type { Command } from 'commander'
import { experimentUnknown } from '@evals/core'
import { withExperiment } from '../experiment/find-experiment.ts'
import { addStorageOption, storageUrl, type StorageFlags } from '../experiment/storage.ts'
import { note } from '../terminal/output.ts'

interface ReportFlags extends StorageFlags {
  readonly output: string
  readonly compare?: string
}

export function defineReport(command: Command): void {
  addStorageOption(command)
    .requiredOption('-o, --output <file>', 'the HTML file to write')
    .option('--compare <base>', 'put a comparison with this experiment in, and its samples')
    .action(async (experiment: string, { output, compare, ...flags }: ReportFlags) => {
      const url = await storageUrl(flags)
      await withExperiment(flags, experiment, async ({ store, document }) => {
        if (compare !== undefined && (await store.readDocument(compare)) === undefined) {
          const known = (await store.list()).map((listing) => listing.experiment)
          throw experimentUnknown(compare, known)
        }
        const { writeReport } = await import('../report/write-report.ts')
        const base = compare === undefined ? {} : { base: compare }
        const subject = {
          store,
          url,
          experiment: document.experiment,
          ...base,
          onProblem: (text: string) => note(`! ${text}`),
        }
        const bytes = await writeReport(output, subject)
        note(`${output}: ${(bytes / 1e6).toFixed(1)} MB`)
      })
    })
}
