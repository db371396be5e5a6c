import type { Command } from 'commander'
import { withExperiment } from '../experiment/find-experiment.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write } from '../terminal/output.ts'

export function defineRename(command: Command): void {
  addStorageOption(command).action((experiment: string, name: string, flags: StorageFlags) =>
    withExperiment(flags, experiment, async ({ store, document }) => {
      await store.rename(document.experiment, name)
      write(`Renamed ${oneLine(document.experiment)} to ${oneLine(name)}.\n`)
    }),
  )
}
