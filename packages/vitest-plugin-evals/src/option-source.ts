import { didYouMean, EvalsError } from '@evals/core/errors'
import { definitionOf, optionNames, type OptionDefinition } from './option-definitions.ts'

/** Where options come from, and how their names and values are written there. */
export interface OptionSource {
  /** For messages: `in evals()`, `on the command line`. */
  readonly where: string
  spell(name: string): string
  /** An option with a value, given as a text. */
  write(name: string, text: string): string
  /** Names that options have there besides those of a run. */
  readonly more?: readonly string[]
}

/** The options after `--`: `--sample-timeout 1000`. */
export const commandLine: OptionSource = {
  where: 'on the command line',
  spell: (name) => `--${toKebab(name)}`,
  write: (name, text) => `--${toKebab(name)}${name === 'shuffle' ? '' : ` ${text}`}`,
}

/** `EVALS_SAMPLE_TIMEOUT=1000`. */
export const environment: OptionSource = {
  where: 'in the environment',
  spell: toVariable,
  write: (name, text) => `${toVariable(name)}=${text}`,
}

/** An object in code. @param where what messages call it, for example `evals()` */
export function objectSource(where: string, more: readonly string[] = []): OptionSource {
  return {
    where: `in ${where}`,
    more,
    spell: (name) => name,
    write: (name, text) => `${name}: ${JSON.stringify(definitionOf(name)?.read(text))}`,
  }
}

/** @throws EvalsError `EVALS_OPTION_UNKNOWN`. @param spelt as the user wrote it */
export function requireOption(name: string, spelt: string, source: OptionSource): OptionDefinition {
  const definition = definitionOf(name)
  if (definition !== undefined) return definition
  const known = [...optionNames, ...(source.more ?? [])]
  const near = didYouMean(name, known).replaceAll(/"(\w+)"/g, (_, other: string) => `"${source.spell(other)}"`)
  throw new EvalsError(
    'EVALS_OPTION_UNKNOWN',
    `Unknown option "${spelt}" ${source.where}.${near}\nThe options are ${known.map((other) => source.spell(other)).join(', ')}.`,
    { details: { option: name } },
  )
}

/** @throws EvalsError `EVALS_OPTION_INVALID` */
export function requireValid(name: string, value: unknown, source: OptionSource): void {
  const { valid, expected, example } = requireOption(name, source.spell(name), source)
  if (valid(value)) return
  throw new EvalsError(
    'EVALS_OPTION_INVALID',
    `The option "${source.spell(name)}" ${source.where} is ${shown(value)}; it must be ${expected}.\nGive it such a value, as in \`${source.write(name, example)}\`, or leave it out.`,
    { details: { option: name, value } },
  )
}

/** JSON would make `null` of Infinity and NaN. */
function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
}

/** `sampleTimeout` → `sample-timeout`. */
export function toKebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function toVariable(name: string): string {
  return `EVALS_${toKebab(name).replaceAll('-', '_').toUpperCase()}`
}
