import { inspect } from 'node:util'
import { EvalsError, type EvalsErrorOptions } from '../errors.ts'
import { canonicalHash } from '../stored-value/canonical-hash.ts'

/** Options every scorer has. */
export interface ScorerOptions {
  /** Name of the score, unique in its eval. Default: the factory's name. */
  readonly name?: string
}

/** What one option accepts, and how to say it. */
export interface OptionRule {
  readonly expected: string
  accepts(value: unknown): boolean
}

/** Accepts a boolean. */
export const flag: OptionRule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' }

/** Accepts a tolerance. */
export const nonNegative: OptionRule = {
  expected: 'a finite number of at least 0',
  accepts: (value) => Number.isFinite(value) && Number(value) >= 0,
}

/** Accepts a count. */
export const positiveInteger: OptionRule = {
  expected: 'a whole number of at least 1',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 1,
}

/** Accepts a list of texts. */
export const texts: OptionRule = {
  expected: 'an array of texts',
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
}

/** Accepts a function. */
export const callback: OptionRule = { expected: 'a function', accepts: (value) => typeof value === 'function' }

/** Accepts one of the given words. */
export function word(...known: readonly string[]): OptionRule {
  return {
    expected: known.map((one) => JSON.stringify(one)).join(' or '),
    accepts: (value) => typeof value === 'string' && known.includes(value),
  }
}

const nameRule: OptionRule = {
  expected: 'a non-empty string',
  accepts: (value) => typeof value === 'string' && value !== '',
}

/**
 * Refuses unknown options and values that an option does not accept; an option that is `undefined` counts as absent.
 *
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`
 */
export function checkOptions<Options extends ScorerOptions>(
  scorer: string,
  options: Options,
  rules: { readonly [Option in Exclude<keyof Options, 'name'>]-?: OptionRule },
): void {
  const known = new Map<string, OptionRule>([...Object.entries<OptionRule>(rules), ['name', nameRule]])
  if (typeof options !== 'object' || options === null) {
    throw invalidOption(scorer, `the options must be an object, but are ${inspect(options)}`, {
      details: { known: [...known.keys()] },
    })
  }
  for (const option of Object.keys(options)) {
    const value: unknown = options[option as keyof Options]
    const rule = known.get(option)
    const details = { option, value, known: [...known.keys()] }
    if (rule === undefined) {
      throw invalidOption(scorer, `there is no option "${option}"; known: ${details.known.join(', ')}`, { details })
    }
    if (value !== undefined && !rule.accepts(value)) {
      throw invalidOption(scorer, `option "${option}" must be ${rule.expected}, but is ${inspect(value)}`, { details })
    }
  }
}

/**
 * The version of a scorer that ships. It changes with its options, functions by their text, and with what it is made of
 * besides: the name of its factory, which gets a number when it comes to judge otherwise (`exactMatch 2`), and what else
 * that was given. Neither the option `name` counts nor one that is `undefined`.
 */
export function optionsVersion(madeOf: unknown, options: object): string {
  const counted = Object.entries(options)
    .filter(([option]) => option !== 'name')
    .map(([option, value]: [string, unknown]) => [
      option,
      typeof value === 'function' ? Function.prototype.toString.call(value) : value,
    ])
  return canonicalHash([madeOf, Object.fromEntries(counted)]).slice(0, 16)
}

/** The error of a scorer that cannot be built from what it was given. */
export function invalidOption(scorer: string, problem: string, options: EvalsErrorOptions): EvalsError {
  return new EvalsError('EVALS_SCORER_OPTION_INVALID', `${scorer}(): ${problem}`, {
    ...options,
    details: { scorer, ...options.details },
  })
}
