import { isDeepStrictEqual } from 'node:util'
import type { Scorer } from '../../scoring/scorer.ts'
import { normalizeLikeInspect } from '../compat/inspect-words.ts'
import { checkOptions, optionsVersion, word } from '../scorer-options.ts'
import { binaryScale, expectedMissing, toText, typeName } from '../text-scorer.ts'
import { prepareText, textRules, type TextOptions } from './prepare-text.ts'

/** Options of {@link exactMatch}. */
export interface ExactMatchOptions extends TextOptions {
  /**
   * What another tool understands by the same. `autoevals`: both sides as JSON text, so that the order of keys counts
   * and 123 equals `"123"`. `inspect`: its `exact()`, texts without case, punctuation, articles and forms of numbers.
   * The other options then have no effect. Default none.
   */
  readonly compat?: 'autoevals' | 'inspect'
}

/**
 * 1 when the output equals `expected`, else 0.
 *
 * Two strings are compared after the options. Any other two values are equal by `===` or by `isDeepStrictEqual` of
 * `node:util` (objects, arrays, dates, maps …); the options do not reach into them. Nothing is converted: the text
 * `"42"` is not the number 42, and the explanation then names both types. Several right answers are the business of
 * `oneOf`.
 *
 * @param options `trim = false`, `trimPunctuation = false`, `ignoreCase = false`, `normalize` (none), `compat` (none),
 *   `name = 'exactMatch'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`
 * @example
 * scorers: [exactMatch({ trim: true, ignoreCase: true })]
 */
export function exactMatch(options: ExactMatchOptions = {}): Scorer {
  checkOptions('exactMatch', options, { ...textRules, compat: word('autoevals', 'inspect') })
  const { name = 'exactMatch', compat } = options
  return {
    name,
    version: optionsVersion('exactMatch', options),
    ...binaryScale,
    needsExpected: true,
    score({ output, expected }) {
      if (expected === undefined) throw expectedMissing(name)
      if (compat === 'autoevals') return { value: equalsLikeAutoevals(output, expected) ? 1 : 0 }
      if (compat === 'inspect') {
        const [left, right] = [toText(name, 'output', output), toText(name, 'expected', expected)]
        return { value: normalizeLikeInspect(left) === normalizeLikeInspect(right) ? 1 : 0 }
      }
      if (isSame(output, expected, options)) return { value: 1 }
      const types = { output: typeName(output), expected: typeName(expected) }
      if (types.output === types.expected) return { value: 0 }
      return { value: 0, explanation: `the output is ${types.output}, expected is ${types.expected}` }
    },
  }
}

/** Whether two values are the same, texts after the options. */
export function isSame(a: unknown, b: unknown, options: TextOptions): boolean {
  if (typeof a === 'string' && typeof b === 'string') return prepareText(a, options) === prepareText(b, options)
  return a === b || isDeepStrictEqual(a, b)
}

/** Whether two values are the same as autoevals writes them. */
export function equalsLikeAutoevals(a: unknown, b: unknown): boolean {
  return asJson(a ?? null, b ?? null) === asJson(b ?? null, a ?? null)
}

/** How autoevals writes a value before it compares: texts stay, unless the other side is an object and they are JSON. */
function asJson(value: unknown, other: unknown): string {
  if (typeof value === 'object') return JSON.stringify(value)
  if (typeof value !== 'string' || typeof other !== 'object') return String(value)
  try {
    return JSON.stringify(JSON.parse(value))
  } catch {
    return value
  }
}
