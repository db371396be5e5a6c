import type { Command } from 'commander'

/** Options of `datasets`. */
export interface DatasetsFlags {
  readonly verbose?: true
  readonly name?: string
  readonly file?: readonly string[]
  readonly json?: true
}

export function defineDatasets(command: Command): void {
  command
    .option('-v, --verbose', 'also columns, description and revision')
    .option('-n, --name <part>', 'only datasets whose name contains this')
    .option('--file <files...>', 'the modules that define them (default: all *.dataset.ts, .mts, .js and .mjs)')
    .option('--json', 'print one JSON document')
    .action(async (flags: DatasetsFlags) => (await import('../datasets/list-datasets.ts')).listDatasets(flags))
}
