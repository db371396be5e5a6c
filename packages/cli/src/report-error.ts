import { CommanderError } from 'commander'
import { EvalsError, messageOf, plainText } from '@evals/core'
import { expectStreamErrors } from './terminal/stream-errors.ts'

const notFound = new Set(['EVALS_EXPERIMENT_UNKNOWN', 'EVALS_EVAL_UNKNOWN', 'EVALS_SAMPLE_UNKNOWN'])

/** A message says first what happened, then what to do. */
const endOfSentence = /(?<=[.?!]) (?=[A-Z`])/

/**
 * Tells on standard error, in two lines, what went wrong and what to do.
 * @param command the one that was called; undefined if there is none of the name
 * @returns the exit code: 3 for an experiment, eval or sample that does not exist, else 2
 */
export function reportError(error: unknown, command: string | undefined): number {
  if (error instanceof CommanderError) return reportUsage(error, command)
  if (!EvalsError.isInstance(error)) {
    const stack = error instanceof Error ? `\n${error.stack ?? ''}` : ''
    print(`${messageOf(error)} [unexpected]`, `This is a defect of evals: please report it.${stack}`)
    return 2
  }
  const [what = '', ...next] = error.message.split(error.message.includes('\n') ? '\n' : endOfSentence)
  print(`${what} [${error.code}]`, next.join(' '))
  return notFound.has(error.code) ? 3 : 2
}

/** Tells that standard output cannot be written, as where the disk is full. */
export function reportUnwritable(cause: Error): void {
  const message = `Standard output cannot be written: ${messageOf(cause)}.\nMake room, or write it elsewhere.`
  reportError(new EvalsError('EVALS_OUTPUT_UNWRITABLE', message, { cause }), undefined)
}

function reportUsage({ code, message }: CommanderError, command: string | undefined): number {
  // Without any command the help has been printed.
  if (code === 'commander.help') return 2
  const [what = '', meant = ''] = message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .split('\n')
  const vitest = command === 'run' ? " Vitest's own options go after `--`." : ''
  const help = `\`evals${command === undefined ? '' : ` ${command}`} --help\` tells what there is.`
  print(
    `${what.charAt(0).toUpperCase()}${what.slice(1)}. [EVALS_USAGE_INVALID]`,
    `${meant.replace(/^\((.*)\)$/, '$1 ')}${help}${vitest}`,
  )
  return 2
}

function print(what: string, next: string): void {
  expectStreamErrors()
  process.stderr.write(plainText(`evals: ${what}\n${next === '' ? '' : `       ${next}\n`}`))
}
