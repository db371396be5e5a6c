import type { Command } from 'commander'
import { addStorageOption, withStore, type StorageFlags } from '../experiment/storage.ts'

export function defineMerge(command: Command): void {
  addStorageOption(command)
    .addHelpText(
      'after',
      '\nFROM is an experiment, or STORE#EXPERIMENT of another store: a URL, a folder or an .sqlite file, such as ./shard-1/.evals#prod.',
    )
    .action((target: string, from: readonly string[], flags: StorageFlags) =>
      withStore(flags, async (store) => {
        const { mergeExperiments } = await import('../merge/merge-experiments.ts')
        await mergeExperiments({ store, target, from })
      }),
    )
}
