import { Option, type Command } from 'commander'
import type { ExperimentDocument } from '@evals/core'
import type { RecordIndex } from '../experiment/current-records.ts'
import { withExperiment, type FoundExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'
import { writeStream } from '../terminal/output.ts'

/** Makes the pieces of a file out of an experiment. */
export type ExportFormat = (index: RecordIndex, document: ExperimentDocument) => AsyncIterable<string>

/** One line a format; each reads the records of the samples that count. */
const formats: Readonly<Record<string, () => Promise<ExportFormat>>> = {
  json: async () => (await import('../export/json.ts')).toJson,
  jsonl: async () => (await import('../export/json.ts')).toJsonLines,
  csv: async () => (await import('../export/csv.ts')).toCsv,
}

export function defineExport(command: Command): void {
  addStorageOption(command)
    .addOption(
      new Option('--format <format>', 'records as json, jsonl or csv, or the figures as markdown')
        .choices([...Object.keys(formats), 'markdown'])
        .makeOptionMandatory(),
    )
    .action((experiment: string, flags: StorageFlags & { readonly format: string }) =>
      withExperiment(flags, experiment, (found) => exportAs(found, flags.format)),
    )
}

async function exportAs(found: FoundExperiment, name: string): Promise<void> {
  const load = formats[name]
  if (load === undefined) return writeStream((await import('../export/markdown.ts')).toMarkdown(found))
  const problems = new Problems()
  const { indexRecords } = await import('../experiment/current-records.ts')
  const index = await indexRecords(found.store, found.document.experiment, { onProblem: problems.add })
  await writeStream((await load())(index, found.document))
  problems.report()
}
