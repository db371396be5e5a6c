import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Adjustment } from '@evals/core/stats'
import { addStorageOption, type StorageFlags } from '../experiment/storage.ts'

/** Options of `compare`. */
export interface CompareFlags extends StorageFlags {
  readonly by?: string
  readonly rename?: readonly Rename[]
  readonly alpha: number
  readonly margin?: number
  readonly adjust: 'holm' | 'bh'
  readonly allowMixedJudges?: true
  readonly json?: true
}

/** A name that the base had, and what it is called now. */
export type Rename = readonly [old: string, now: string]

/** What `--adjust` takes. */
export const adjustments: Readonly<Record<'holm' | 'bh', Adjustment>> = { holm: 'holm', bh: 'benjamini-hochberg' }

export function defineCompare(command: Command): void {
  addStorageOption(command)
    .option('--by <variant>', 'compare the values of a variant within one experiment')
    .option('--rename <old=new>', 'an eval, file or value of a variant of the base has another name now', readRename)
    .option('--alpha <number>', 'chance of a false alarm over all tests', readShare, 0.05)
    .option('--margin <number>', 'declines up to it are of no concern, in the units of the scores', readPositive)
    .addOption(
      new Option('--adjust <method>', 'how p-values of several tests are adjusted')
        .choices(Object.keys(adjustments))
        .default('holm'),
    )
    .option('--allow-mixed-judges', 'compare scores although different models judged')
    .option('--json', 'print one JSON document')
    .action(async (base: string, other: string | undefined, flags: CompareFlags) =>
      (await import('../compare/run-compare.ts')).runCompare({ base, other }, flags),
    )
}

function readRename(text: string, before: readonly Rename[] = []): readonly Rename[] {
  const [old = '', ...rest] = text.split('=')
  const now = rest.join('=')
  if (old === '' || now === '') throw new InvalidArgumentError('It must be old=new.')
  return [...before, [old, now]]
}

function readShare(text: string): number {
  const value = Number(text)
  if (value > 0 && value < 1) return value
  throw new InvalidArgumentError('It must be a number between 0 and 1.')
}

function readPositive(text: string): number {
  const value = Number(text)
  if (value > 0 && value < Infinity) return value
  throw new InvalidArgumentError('It must be a number above 0.')
}
