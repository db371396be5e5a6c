import type { BaselineOptions } from '@evals/core'
import { maskStorageUrl } from '@evals/storage'
import { commandLine } from '../option-source.ts'
import type { RunOptions } from '../options.ts'

/** What an interrupted run was started with. */
export interface InterruptedRun {
  readonly project: string
  readonly experiment: string
  /** Of the command line and the environment. */
  readonly overrides: RunOptions
  /** What the names of its files were to contain. */
  readonly files?: readonly string[] | undefined
  readonly testNamePattern?: RegExp | undefined
  /** Vitest's own, of files. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined
}

/** The command that goes on with an experiment whose run was interrupted. */
export function resumeCommand(run: InterruptedRun): string {
  const { project, experiment, overrides, files = [], testNamePattern: pattern, shard } = run
  const { storage = '', ...others } = overrides
  const isSecret = storage !== maskStorageUrl(storage)
  const words = [
    'vitest run',
    ...files.map(quote),
    `--project ${quote(project)}`,
    // A RegExp writes each slash as \/.
    ...(pattern === undefined ? [] : [`-t ${quote(pattern.source.replaceAll('\\/', '/'))}`]),
    ...(shard === undefined ? [] : [`--shard ${shard.index}/${shard.count}`]),
    `-- --experiment ${quote(experiment)}`,
    ...Object.entries(isSecret ? others : overrides).flatMap(([name, value]) => spell(name, value)),
  ]
  const how = isSecret ? 'with the same `storage`, whose URL has a secret, and' : 'with'
  return `interrupted; go on ${how}: ${words.join(' ')}`
}

function spell(name: string, value: unknown): string[] {
  // With these the run would refuse to go on, or begin anew.
  const isOver = name === 'resume' && (value === 'never' || value === 'restart')
  if (value === undefined || name === 'experiment' || isOver) return []
  if (value === false) return [commandLine.spell(`no-${name}`)]
  return [commandLine.write(name, quote(textOf(name, value)))]
}

/** As the command line reads it: lists and roles are separated by commas, a baseline is a name. */
function textOf(name: string, value: unknown): string {
  if (name === 'baseline' && typeof value === 'object') return (value as BaselineOptions).experiment
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value)
  return Object.entries(value)
    .map((entry) => entry.join('='))
    .join(',')
}

/** For a shell. */
function quote(text: string): string {
  return /^[\w.,:/=@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
