import { EvalsError, type EvalsErrorOptions } from '../errors.ts'
import type { Metric, ScoreDetails, Scorer, ScoreScale } from '../scoring/scorer.ts'

/** The scale of a scorer that says right (1) or wrong (0). */
export const binaryScale: ScoreScale = { kind: 'binary', range: [0, 1], direction: 'higher' }

/** The scale of a scorer that grades from 0 to 1. */
export const unitScale: ScoreScale = { kind: 'graded', range: [0, 1], direction: 'higher' }

/** The scale of a scorer of an amount of which less is better. */
export const amountScale: ScoreScale = { kind: 'graded', range: [0, Infinity], direction: 'lower' }

/** The parts of a scorer that judges text. */
export interface TextScorerParts {
  readonly name: string
  readonly version: string
  readonly scale: ScoreScale
  readonly needsExpected: boolean
  readonly judge: (output: string, expected: unknown) => ScoreDetails | Promise<ScoreDetails>
  /** Judge no output as an empty text, where outputs add up over a corpus. Default false: it scores 0. */
  readonly missingIsEmpty?: boolean
  readonly metrics?: readonly Metric[]
}

/**
 * A scorer of text outputs. Numbers, booleans and bigints are judged as `String(output)`. No output (`null` or
 * `undefined`) is a wrong answer and scores 0. An object is no answer in another form but a task and a scorer that do
 * not fit together, so it is the scorer's error and not a 0.
 *
 * @throws (by `score`) EvalsError `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 */
export function textScorer(parts: TextScorerParts): Scorer {
  const { name, version, scale, needsExpected, judge, missingIsEmpty = false, metrics } = parts
  return {
    name,
    version,
    ...scale,
    needsExpected,
    ...(metrics === undefined ? {} : { metrics }),
    score({ output, expected }) {
      if (needsExpected && (expected === undefined || expected === null)) throw expectedMissing(name)
      if (output !== undefined && output !== null) return judge(toText(name, 'output', output), expected)
      return missingIsEmpty ? judge('', expected) : { value: 0, explanation: `the output is ${output}` }
    },
  }
}

/**
 * A string as it is, a number, boolean or bigint by `String`.
 *
 * @throws EvalsError `EVALS_SCORER_FAILED` for anything else
 */
export function toText(scorer: string, role: 'output' | 'expected', value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  const advice =
    role === 'output'
      ? 'return text from the task, or score a field of the output with a function'
      : 'give the row a text, or compare with exactMatch()'
  throw unusable(scorer, `${role} must be text, but is ${typeName(value)}; ${advice}`, { details: { role } })
}

/**
 * Several right texts: an array of texts, or a single one.
 *
 * @throws EvalsError `EVALS_SCORER_FAILED` for an empty array, and for what is no text
 */
export function toTexts(scorer: string, expected: unknown): readonly [string, ...string[]] {
  const [first, ...more] = (Array.isArray(expected) ? expected : [expected]) as unknown[]
  if (Array.isArray(expected) && expected.length === 0) {
    throw unusable(scorer, 'expected is an empty array; give the row a text to compare with')
  }
  return [toText(scorer, 'expected', first), ...more.map((text) => toText(scorer, 'expected', text))]
}

/** The error of a row that has nothing to compare the output with. */
export function expectedMissing(scorer: string): EvalsError {
  return new EvalsError(
    'EVALS_EXPECTED_MISSING',
    `${scorer}: the row has no expected value to compare the output with`,
    {
      details: { scorer },
    },
  )
}

/** The error of a scorer that cannot judge what it was given. */
export function unusable(scorer: string, problem: string, options: EvalsErrorOptions = {}): EvalsError {
  return new EvalsError('EVALS_SCORER_FAILED', `${scorer}: ${problem}`, {
    ...options,
    details: { scorer, ...options.details },
  })
}

/** What kind of value it is, with its article, for a message. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  const type = typeof value
  return type === 'object' ? 'an object' : `a ${type}`
}

const quotedLength = 80

/** A text as a JSON string for an explanation, cut after 80 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text)
}
