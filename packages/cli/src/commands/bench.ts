import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ResumeMode } from '@evals/core'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'

/** Options of `bench`. */
export interface BenchFlags extends StorageFlags {
  readonly models: string
  readonly scorers: string
  readonly prompt?: string
  readonly expected?: string
  readonly epochs?: number
  readonly limit?: number
  readonly experiment?: string
  readonly resume?: ResumeMode
  readonly budgetUsd?: number
  readonly cache?: true
  readonly json?: true
}

const modes: readonly ResumeMode[] = ['auto', 'missing', 'never', 'restart', 'force']

export function defineBench(command: Command): void {
  addStorageOption(command)
    .requiredOption('--models <names>', 'the models to ask, such as openai:gpt-5-mini,anthropic:claude-sonnet-5')
    .requiredOption('--scorers <names>', "scorers, such as exactMatch,'levenshtein(ignoreCase=true)'")
    .option('--prompt <file>', 'a text with {{column}} for what the row has (default: the text of its input)')
    .option('--expected <column>', 'the column with the right answer (default: expected)')
    .option('--epochs <n>', 'how often each model answers each sample', readCount)
    .option('--limit <n>', 'at most this many samples', readCount)
    .option('--experiment <name>', 'the experiment to create or to go on with; last: the newest')
    .addOption(new Option('--resume <mode>', 'what becomes of what is recorded already').choices(modes))
    .option('--budget-usd <amount>', 'what paid calls may cost', readAmount)
    .option('--cache', 'take answers from the cache, and keep new ones there')
    .option('--json', 'print one JSON document')
    .action(async (dataset: string, flags: BenchFlags) =>
      (await import('../bench/run-bench.ts')).runBench(dataset, flags),
    )
}

function readCount(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('It must be a whole number from 1 on.')
}

function readAmount(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value < Infinity) return value
  throw new InvalidArgumentError('It must be an amount in US dollars, or 0 for free calls only.')
}
