import type { Command } from 'commander'
import { recordedSamples, type ExperimentDocument, type ExperimentStore } from '@evals/core'
import { maskStorageUrl } from '@evals/storage'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { readDocuments } from '../experiment/read-documents.ts'
import { addStorageOption, withStore, type StorageFlags } from '../experiment/storage.ts'
import { figuresOf } from '../show/figures-of.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write, writeJson } from '../terminal/output.ts'

interface ListFlags extends StorageFlags {
  readonly json?: true
}

/** One experiment, as `--json` shows it. */
interface ListedExperiment extends Pick<
  ExperimentDocument,
  'experiment' | 'status' | 'createdAt' | 'updatedAt' | 'rebuilt'
> {
  readonly evals: number
  /** Samples (× epochs × variants) with a record: of a run that goes on or was killed those so far. */
  readonly samples: number
}

export function defineList(command: Command): void {
  addStorageOption(command)
    .option('--json', 'print one JSON document')
    .action((flags: ListFlags) => withStore(flags, (store, url) => list(store, url, flags)))
}

async function list(store: ExperimentStore, url: string, { json }: ListFlags): Promise<void> {
  const problems = new Problems()
  const documents = await readDocuments(store, { onProblem: problems.add })
  const listed = await Promise.all(documents.map((document) => describe({ store, document })))
  if (json) writeJson(listed)
  else if (listed.length === 0) write(`There is no experiment in ${maskStorageUrl(url)} yet.\n`)
  else await writeTable(listed)
  problems.report()
}

async function writeTable(listed: readonly ListedExperiment[]): Promise<void> {
  const { renderTable } = await import('../terminal/table.ts')
  write(
    renderTable(
      [
        { name: 'experiment' },
        { name: 'status' },
        { name: 'evals', align: 'right' },
        { name: 'samples', align: 'right' },
        { name: 'created' },
      ],
      listed.map(({ experiment, status, rebuilt, evals, samples, createdAt }) => [
        oneLine(experiment),
        rebuilt === undefined ? status : `${status}, rebuilt`,
        String(evals),
        samples.toLocaleString('en'),
        createdAt.slice(0, 16).replace('T', ' '),
      ]),
    ),
  )
}

/** With the figures that `evals show` shows. */
async function describe(found: FoundExperiment): Promise<ListedExperiment> {
  const { experiment, status, createdAt, updatedAt, rebuilt } = found.document
  const summaries = await figuresOf(found)
  const figures = { evals: summaries.length, samples: recordedSamples(summaries) }
  return { experiment, status, createdAt, updatedAt, ...(rebuilt === undefined ? {} : { rebuilt }), ...figures }
}
