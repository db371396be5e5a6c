import { parseArgs } from 'node:util'
import { EvalsError, messageOf } from '@evals/core'
import type { RunOptions } from './options.ts'

type Reader = (text: string) => unknown

interface OptionDefinition {
  readonly read: Reader
  readonly valid: (value: unknown) => boolean
  readonly expected: string
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1
const isBetween = (value: unknown, least: number, greatest: number): boolean =>
  typeof value === 'number' && value >= least && value <= greatest
const texts: OptionDefinition = {
  read: (text) => text.split(',').map((part) => part.trim()),
  valid: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  expected: 'texts separated by commas',
}
const milliseconds: OptionDefinition = {
  read: readNumber,
  valid: (value) => isBetween(value, 0, 2 ** 31 - 1),
  expected: 'milliseconds from 0',
}
const count: OptionDefinition = { read: readNumber, valid: isCount, expected: 'a whole number from 1' }

/** One line an option: how a text is read, what is valid. */
const definitions: Readonly<Record<keyof RunOptions, OptionDefinition>> = {
  experiment: { read: String, valid: isText, expected: 'a name' },
  storage: { read: String, valid: isText, expected: 'a URL such as json://.evals' },
  limit: count,
  shuffle: { read: readBoolean, valid: (value) => typeof value === 'boolean', expected: 'true or false' },
  seed: { read: readNumber, valid: Number.isSafeInteger, expected: 'a whole number' },
  ids: texts,
  tags: texts,
  epochs: count,
  concurrency: count,
  maxErrorRate: { read: readNumber, valid: (value) => isBetween(value, 0, 1), expected: 'a number from 0 to 1' },
  sampleTimeout: milliseconds,
  maxWait: milliseconds,
  maxConnections: count,
  cache: oneOf('off', 'on', 'refresh', 'replay'),
  traces: oneOf('off', 'errors', 'all'),
  budgetUsd: { read: readNumber, valid: (value) => isBetween(value, 0, 1e9), expected: 'US dollars from 0' },
  estimate: count,
  models: { read: readRoles, valid: isRoles, expected: 'roles with models, such as judge=openai:gpt-5' },
}

/** The names of all options. */
export const optionNames: readonly string[] = Object.keys(definitions)

/**
 * Checks options given as an object.
 * @param where what the message calls the source, for example `evals()`
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID`
 */
export function checkOptions(options: Readonly<Record<string, unknown>>, where: string): RunOptions {
  for (const [name, value] of Object.entries(options)) {
    const definition = definitionOf(name, where)
    if (value === undefined || definition.valid(value)) continue
    const shown = JSON.stringify(value) ?? String(value)
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `The option "${name}" in ${where} is ${shown}; it must be ${definition.expected}.`,
      { details: { option: name, value } },
    )
  }
  return options
}

/** The options in environment variables: `EVALS_SAMPLE_TIMEOUT=1000` is `sampleTimeout: 1000`. `EVALS` itself is none. */
export function optionsOfEnvironment(environment: Readonly<Record<string, string | undefined>>): RunOptions {
  const given: Record<string, unknown> = {}
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith('EVALS_') || text === undefined || text === '') continue
    const name = variable
      .slice('EVALS_'.length)
      .toLowerCase()
      .replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
    given[name] = definitionOf(name, `the environment variable ${variable}`).read(text)
  }
  return checkOptions(given, 'the environment')
}

/** The options after `--` on Vitest's command line: `--experiment prod --sample-timeout 1000`. */
export function optionsOfArguments(args: readonly string[]): RunOptions {
  const where = 'the command line'
  const options = Object.fromEntries(
    optionNames.flatMap((name) => {
      const option = { type: name === 'shuffle' ? 'boolean' : 'string' } as const
      return [
        [name, option],
        [toKebab(name), option],
      ]
    }),
  )
  let values: Record<string, string | boolean | undefined>
  try {
    values = parseArgs({ args: [...args], options, allowNegative: true, allowPositionals: false }).values
  } catch (error) {
    const message = `${messageOf(error).split('. ')[0]}. After \`--\` an eval run takes ${optionNames.map((name) => `--${toKebab(name)}`).join(', ')}.`
    throw new EvalsError('EVALS_OPTION_UNKNOWN', message, { cause: error })
  }
  const given: Record<string, unknown> = {}
  for (const [argument, value] of Object.entries(values)) {
    const name = argument.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
    given[name] = typeof value === 'string' ? definitionOf(name, where).read(value) : value
  }
  return checkOptions(given, where)
}

function definitionOf(name: string, where: string): OptionDefinition {
  if (Object.hasOwn(definitions, name)) return definitions[name as keyof RunOptions]
  throw new EvalsError(
    'EVALS_OPTION_UNKNOWN',
    `Unknown option "${name}" in ${where}. The options are ${optionNames.join(', ')}.`,
    {
      details: { option: name },
    },
  )
}

function oneOf(...names: readonly string[]): OptionDefinition {
  return { read: String, valid: (value) => names.includes(value as string), expected: names.join(' or ') }
}

/** `judge=openai:gpt-5,default=ollama:llama3` as an object; what is no pair stays, so that the message can show it. */
function readRoles(text: string): unknown {
  const pairs = text.split(',').map((part) => part.split('=').map((side) => side.trim()))
  return pairs.every((pair) => pair.length === 2) ? Object.fromEntries(pairs as [string, string][]) : text
}

function isRoles(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText)
}

/** A text that is no number stays, so that the message can show it. */
function readNumber(text: string): unknown {
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
}

function readBoolean(text: string): unknown {
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : text
}

/** `sampleTimeout` → `sample-timeout`. */
export function toKebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
