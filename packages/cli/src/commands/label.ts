import type { Command } from 'commander'
import { evalKey, keyOf, type ExperimentStore, type SampleLabel, type SampleRecord } from '@evals/core'
import { openLabels } from '@evals/storage'
import { indexRecords } from '../experiment/current-records.ts'
import { withExperiment } from '../experiment/find-experiment.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write, writeJson } from '../terminal/output.ts'

interface LabelFlags extends StorageFlags {
  readonly json?: true
}

/** A label with the answer it was given to, as `--json` shows it. */
type LabelledSample = SampleLabel & Pick<SampleRecord, 'input' | 'expected' | 'output' | 'scores'>

export function defineLabel(command: Command): void {
  addStorageOption(command)
    .option('--json', 'print one JSON document')
    .action((experiment: string, flags: LabelFlags) =>
      withExperiment(flags, experiment, async ({ store, document }, url) => {
        const labelled = await readLabelled(store, document.experiment, url)
        if (flags.json) writeJson(labelled)
        else if (labelled.length > 0) await writeTable(labelled)
        else write(`No sample of ${oneLine(document.experiment)} has a label. Give them on the pages of evals view.\n`)
      }),
    )
}

/** The newest label of each sample that has one, with what it was given to. */
async function readLabelled(store: ExperimentStore, experiment: string, url: string): Promise<LabelledSample[]> {
  const labels = await openLabels(url, { root: process.cwd(), experiment })
  const newest = new Map((await labels?.read())?.map((label) => [placeOf(label), label]))
  const labelled: LabelledSample[] = []
  for await (const record of (await indexRecords(store, experiment)).records()) {
    const label = newest.get(placeOf(record))
    if (label === undefined || label.label === null) continue
    const { input, expected, output, scores } = record
    labelled.push({ ...label, input, expected, output, scores })
  }
  return labelled
}

function placeOf(sample: Pick<SampleRecord, 'eval' | 'variant' | 'id' | 'epoch'>): string {
  return JSON.stringify([evalKey(sample.eval, sample.variant), keyOf(sample)])
}

async function writeTable(labelled: readonly LabelledSample[]): Promise<void> {
  const { renderTable } = await import('../terminal/table.ts')
  const rows = labelled.map((sample) => [
    oneLine(evalKey(sample.eval, sample.variant)),
    oneLine(keyOf(sample)),
    sample.label ?? '',
    oneLine(sample.note),
  ])
  write(renderTable([{ name: 'eval' }, { name: 'sample' }, { name: 'label' }, { name: 'note' }], rows))
}
