import type { Command } from 'commander'
import { withExperiment } from '../experiment/find-experiment.ts'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'
import { confirm } from '../terminal/confirm.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write } from '../terminal/output.ts'

export function defineDelete(command: Command): void {
  addStorageOption(command)
    .option('--yes', 'do not ask')
    .action((experiment: string, flags: StorageFlags & { readonly yes?: true }) =>
      withExperiment(flags, experiment, async ({ store, document }) => {
        const name = oneLine(document.experiment)
        const question = `Delete ${name} (${oneLine(store.describe(document.experiment))}) with all its records?`
        if (!(await confirm(question, flags.yes === true))) {
          write('Nothing was deleted.\n')
          return
        }
        await store.delete(document.experiment)
        write(`Deleted ${name}.\n`)
      }),
    )
}
