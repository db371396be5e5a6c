import { baselineExpected, isBaseline } from './baseline-option.ts'
import type { RunOptions } from './options.ts'

/** How one option is read from a text, and what is valid. */
export interface OptionDefinition extends ValueDefinition {
  /** For help texts: what it is for. */
  readonly about: string
}

interface ValueDefinition {
  /** What is no value of the option stays as it is, so that a message can show it. */
  read(text: string): unknown
  valid(value: unknown): boolean
  readonly expected: string
  /** A valid value as a text. */
  readonly example: string
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
const isBetween = (value: unknown, least: number, greatest: number): boolean =>
  typeof value === 'number' && value >= least && value <= greatest
const texts: Omit<ValueDefinition, 'example'> = {
  read: (text) => text.split(',').map((part) => part.trim()),
  valid: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  expected: 'texts separated by commas',
}

/** The longest time that a timer takes, nearly 25 days. */
export const longestMs: number = 2 ** 31 - 1

const milliseconds: ValueDefinition = {
  read: readNumber,
  valid: (value) => isBetween(value, 0, longestMs),
  expected: `milliseconds from 0 (no limit) to ${longestMs}`,
  example: '60000',
}
const count: ValueDefinition = {
  read: readNumber,
  valid: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  expected: 'a whole number from 1',
  example: '10',
}

/** One line an option. */
const definitions: Readonly<Record<keyof RunOptions, OptionDefinition>> = {
  experiment: {
    about: 'experiment to create or resume; last is the newest',
    read: String,
    valid: isText,
    expected: 'a name',
    example: 'prod',
  },
  storage: {
    about: 'where experiments are kept',
    read: String,
    valid: isText,
    expected: 'a URL such as json://.evals',
    example: 'json://.evals',
  },
  resume: {
    about: 'what becomes of what the experiment has already',
    ...oneOf('auto', 'missing', 'never', 'restart', 'force'),
  },
  limit: { about: 'at most this many samples of each eval', ...count },
  shuffle: {
    about: 'take the samples in an order made from the seed',
    read: readBoolean,
    valid: isBoolean,
    expected: 'true or false',
    example: 'true',
  },
  seed: {
    about: 'seed of shuffle',
    read: readNumber,
    valid: Number.isSafeInteger,
    expected: 'a whole number',
    example: '1',
  },
  shard: {
    about: 'run only the i-th of n parts of the samples',
    read: String,
    valid: (value) => typeof value === 'string' && readShard(value) !== undefined,
    expected: 'i/n with i from 1 to n',
    example: '1/4',
  },
  ids: { about: 'only samples whose id matches one of these globs', ...texts, example: 'a1,b*' },
  tags: { about: 'only samples with one of these tags; !tag excludes', ...texts, example: 'billing,!slow' },
  epochs: { about: 'how often each sample runs', ...count, example: '3' },
  concurrency: { about: 'samples in progress per worker', ...count },
  maxErrorRate: {
    about: 'share of samples that may end in an error',
    read: readNumber,
    valid: (value) => isBetween(value, 0, 1),
    expected: 'a number from 0 to 1',
    example: '0.05',
  },
  sampleTimeout: { about: 'time of one sample', ...milliseconds },
  maxWait: { about: 'time a sample may wait for its turn in all', ...milliseconds },
  maxConnections: { about: 'most model calls in flight per account', ...count },
  cache: {
    about: 'answers of models: read and write, overwrite, only read',
    ...oneOf('off', 'on', 'refresh', 'replay'),
  },
  traces: { about: 'whose calls keep their questions and answers', ...oneOf('off', 'errors', 'all') },
  budgetUsd: {
    about: 'stop starting paid calls when the run would cost more',
    read: readNumber,
    valid: (value) => isBetween(value, 0, Number.MAX_SAFE_INTEGER),
    expected: 'a positive number of US dollars, or 0 for free calls only',
    example: '5',
  },
  baseline: {
    about: 'experiment to compare with at the end',
    read: String,
    valid: isBaseline,
    expected: baselineExpected,
    example: 'main',
  },
  estimate: { about: 'run this many samples of each eval, tell what all would take, stop', ...count },
  models: {
    about: 'other models for roles',
    read: readRoles,
    valid: isRoles,
    expected: 'roles with models, such as judge=openai:gpt-5',
    example: 'judge=openai:gpt-5',
  },
}

/** The names of all options. */
export const optionNames: readonly string[] = Object.keys(definitions)

/** What an option of this name is, if there is one. */
export function definitionOf(name: string): OptionDefinition | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name as keyof RunOptions] : undefined
}

/** `2/4` as an index from 0 and a count. */
export function readShard(text: string): { readonly index: number; readonly count: number } | undefined {
  const [place = Number.NaN, parts = Number.NaN, ...more] = text.split('/').map(Number)
  const isShard = more.length === 0 && [place, parts].every(Number.isSafeInteger) && place >= 1 && place <= parts
  return isShard ? { index: place - 1, count: parts } : undefined
}

function oneOf(...names: readonly [string, ...string[]]): ValueDefinition {
  return {
    read: String,
    valid: (value) => names.includes(value as string),
    expected: names.join(' or '),
    example: names.at(-1)!,
  }
}

/** `judge=openai:gpt-5,default=ollama:llama3` as an object. */
function readRoles(text: string): unknown {
  const pairs = text.split(',').map((part) => part.split('=').map((side) => side.trim()))
  return pairs.every(([role, ...models]) => role !== '' && models.length === 1) ? Object.fromEntries(pairs) : text
}

function isRoles(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText)
}

function readNumber(text: string): unknown {
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
}

function readBoolean(text: string): unknown {
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : text
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}
