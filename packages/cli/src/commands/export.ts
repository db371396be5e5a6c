import { Option, type Command } from 'commander'
import { EvalsError, removedSamples, type ExperimentDocument } from '@evals/core'
import type { RecordIndex } from '../experiment/current-records.ts'
import { findExperiment, withExperiment, type FoundExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'
import { write, writeStream } from '../terminal/output.ts'

/** Makes the pieces of a file out of an experiment. */
export type ExportFormat = (index: RecordIndex, document: ExperimentDocument) => AsyncIterable<string>

/** One line a format; each reads the records of the samples that count. */
const formats: Readonly<Record<string, () => Promise<ExportFormat>>> = {
  json: async () => (await import('../export/json.ts')).toJson,
  jsonl: async () => (await import('../export/json.ts')).toJsonLines,
  csv: async () => (await import('../export/csv.ts')).toCsv,
  junit: async () => (await import('../export/junit.ts')).toJunit,
}

interface ExportFlags extends StorageFlags {
  readonly format: string
  readonly compare?: string
}

export function defineExport(command: Command): void {
  addStorageOption(command)
    .addOption(
      new Option('--format <format>', 'records as json, jsonl, csv or junit, or the report as markdown')
        .choices([...Object.keys(formats), 'markdown'])
        .makeOptionMandatory(),
    )
    .option('--compare <base>', 'with markdown: put a comparison with this experiment in')
    .action((experiment: string, flags: ExportFlags) => {
      const { format, compare } = flags
      if (compare !== undefined && format !== 'markdown') throw notComparable(format, compare)
      return withExperiment(flags, experiment, async (found, url) => {
        const base = compare === undefined ? undefined : await findExperiment(found.store, url, compare)
        await exportAs(found, format, base)
      })
    })
}

function notComparable(format: string, compare: string): EvalsError {
  return new EvalsError(
    'EVALS_USAGE_INVALID',
    `--compare cannot go with --format ${format}, which has the records as they are.\nUse --format markdown, or \`evals compare ${compare} OTHER --json\`.`,
  )
}

async function exportAs(found: FoundExperiment, name: string, base: ExperimentDocument | undefined): Promise<void> {
  const load = formats[name]
  if (load === undefined) {
    const { toMarkdown } = await import('../export/markdown.ts')
    write(await toMarkdown(found, base))
    return
  }
  const problems = new Problems()
  const { indexRecords } = await import('../experiment/current-records.ts')
  const { store, document } = found
  const filter = { onProblem: problems.add, removed: removedSamples(document) }
  const index = await indexRecords(store, document.experiment, filter)
  await writeStream((await load())(index, document))
  problems.report()
}
