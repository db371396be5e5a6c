import { parseArgs } from 'node:util'
import { EvalsError } from '@evals/core/errors'
import { optionNames } from './option-definitions.ts'
import { commandLine, environment, requireOption, requireValid, toKebab, type OptionSource } from './option-source.ts'
import type { RunOptions } from './options.ts'

/**
 * Checks options given as an object.
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID`
 */
export function checkOptions(options: Readonly<Record<string, unknown>>, source: OptionSource): RunOptions {
  for (const [name, value] of Object.entries(options)) {
    requireOption(name, source.spell(name), source)
    if (value !== undefined) requireValid(name, value, source)
  }
  return options
}

/** The options in environment variables: `EVALS_SAMPLE_TIMEOUT=1000` is `sampleTimeout: 1000`. `EVALS` itself is none. */
export function optionsOfEnvironment(variables: Readonly<Record<string, string | undefined>>): RunOptions {
  const given: Record<string, unknown> = {}
  for (const [variable, text] of Object.entries(variables)) {
    if (!variable.startsWith('EVALS_') || text === undefined || text === '') continue
    const name = toCamel(variable.slice('EVALS_'.length).toLowerCase().replaceAll('_', '-'))
    given[name] = requireOption(name, variable, environment).read(text)
  }
  return checkOptions(given, environment)
}

/** The options after `--` on Vitest's command line: `--experiment prod --sample-timeout 1000`. */
export function optionsOfArguments(args: readonly string[]): RunOptions {
  const given: Record<string, unknown> = {}
  for (const token of tokensOf(args)) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') throw noOption(token.value)
    const isNegated = token.rawName.startsWith('--no-')
    const name = toCamel(isNegated ? token.name.replace(/^no-/, '') : token.name)
    const { read } = requireOption(name, token.rawName, commandLine)
    if (name === 'shuffle') given[name] = isNegated ? false : token.value === undefined ? true : read(token.value)
    else if (isNegated) requireOption(`no-${name}`, token.rawName, commandLine)
    else if (token.value === undefined || token.value.startsWith('--')) throw valueMissing(name)
    else given[name] = read(token.value)
  }
  return checkOptions(given, commandLine)
}

/** What a help text tells of an option. */
export interface OptionHelp {
  readonly name: string
  /** `--sample-timeout`. */
  readonly flag: string
  /** It may stand without a value. */
  readonly isBoolean: boolean
  readonly about: string
  /** What its value must be. */
  readonly expected: string
}

/** The options that a command line takes. */
export const optionHelp: readonly OptionHelp[] = optionNames.map((name) => {
  const flag = commandLine.spell(name)
  const { about, expected } = requireOption(name, flag, commandLine)
  return { name, flag, isBoolean: name === 'shuffle', about, expected }
})

/** Not strict, so that a value may be a negative number, and messages are ours. */
function tokensOf(args: readonly string[]) {
  const options = optionNames.flatMap((name) => {
    const option = { type: name === 'shuffle' ? 'boolean' : 'string' } as const
    return [name, toKebab(name)].map((spelling) => [spelling, option] as const)
  })
  return parseArgs({ args: [...args], options: Object.fromEntries(options), strict: false, tokens: true }).tokens
}

function noOption(text: string): EvalsError {
  return new EvalsError(
    'EVALS_OPTION_UNKNOWN',
    `"${text}" after \`--\` ${commandLine.where} is no option.\nFile names and Vitest's own options go before the \`--\`; after it come ${optionNames.map((name) => commandLine.spell(name)).join(', ')}.`,
    { details: { option: text } },
  )
}

function valueMissing(name: string): EvalsError {
  const { expected, example } = requireOption(name, name, commandLine)
  return new EvalsError(
    'EVALS_OPTION_INVALID',
    `The option "${commandLine.spell(name)}" ${commandLine.where} has no value; it must be ${expected}.\nGive it one, as in \`${commandLine.write(name, example)}\`.`,
    { details: { option: name } },
  )
}

function toCamel(kebab: string): string {
  return kebab.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
