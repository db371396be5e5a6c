import type { Scorer } from '../scoring/scorer.ts'
import { lastNumeral, type Numeral, wholeNumeral } from './numeral.ts'
import { isWithin, type Rational } from './rational.ts'
import { checkOptions, nonNegative, oneOf, type ScorerOptions } from './scorer-options.ts'
import { binaryScale, quote, textScorer, toText, unusable } from './text-scorer.ts'

/** Options of {@link numericMatch}. */
export interface NumericMatchOptions extends ScorerOptions {
  /** Allowed distance, in units of the number. Default 0. */
  readonly absolute?: number
  /** Allowed distance as a share of `expected`'s size: 0.01 is one per cent. Default 0. */
  readonly relative?: number
  /** Whether the `whole` output must be one number, or the `last` number in it counts. Default `whole`. */
  readonly from?: 'whole' | 'last'
}

/**
 * 1 when the output's number is close enough to `expected`: `|output - expected| ≤ max(absolute, relative ·
 * |expected|)`, else 0; the explanation shows both numbers as they were read. The calculation is exact (decimal, no
 * rounding): `1.1` is within 0.1 of `1`, and 9007199254740993 is not 9007199254740992.
 *
 * What is read as a number, in the output and in `expected` (always the whole text):
 * - `1234`, `1,234`, `1'234`, `1 234` (thousands in complete groups of three, so `3 4` is not 34 and `1,23` is
 *   nothing), `.5`, `1.5e-3`, fractions `3/4`, `½`, `2½`, full-width digits; signs `-`, `−`, `+`, directly before
 *   number or currency.
 * - A currency sign or a percent sign is a unit and dropped: `$5` = 5, and `50%` = 50, not 0.5. Write `expected` in the
 *   notation that the prompt asks for.
 * - A decimal comma, powers (`10^3`, `10²`) and magnitudes (`4k`, `2 million`) are not interpreted.
 *
 * `from: 'last'` skips digits inside words (`H2O`, `gpt-4o`) and ignores what follows the number (`5kg` = 5, also `4k`
 * = 4). If what comes last is no single number (`1.2.3`, `10^3`), the score is 0: an earlier number is never taken for
 * it.
 *
 * Output: an output without a readable number, `null` and `undefined` score 0; an object is the scorer's error, and so
 * is an `expected` that is no number.
 *
 * @param options `absolute = 0`, `relative = 0`, `from = 'whole'`, `name = 'numericMatch'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * // output 'So the total is $1,234.50.', expected 1234.5
 * scorers: [numericMatch({ from: 'last', absolute: 0.01 })]
 */
export function numericMatch(options: NumericMatchOptions = {}): Scorer {
  checkOptions('numericMatch', options, {
    absolute: nonNegative,
    relative: nonNegative,
    from: oneOf('whole', 'last'),
  })
  const { name = 'numericMatch', absolute = 0, relative = 0, from = 'whole' } = options
  const tolerance = { absolute: exact(absolute), relative: exact(relative) }

  return textScorer({
    name,
    scale: binaryScale,
    needsExpected: true,
    judge(output, expected) {
      const target = wholeNumeral(toText(name, 'expected', expected))
      if (target?.value === undefined) {
        throw unusable(name, `expected must be a number, but is ${quote(String(expected))}; correct the row`, {
          details: { expected },
        })
      }
      const found = from === 'whole' ? wholeNumeral(output) : lastNumeral(output)
      if (found?.value === undefined) return { value: 0, explanation: unread(output, found, from) }
      const value = isWithin(found.value, target.value, tolerance) ? 1 : 0
      return { value, explanation: `read ${show(found)}, expected ${show(target)}` }
    },
  })
}

function exact(tolerance: number): Rational {
  return wholeNumeral(String(tolerance))?.value ?? { numerator: 0n, denominator: 1n }
}

function show({ source, plain = '' }: Numeral): string {
  return source === plain ? plain : `${plain} (${quote(source)})`
}

function unread(output: string, found: Numeral | undefined, from: 'whole' | 'last'): string {
  if (from === 'whole') return `the output is not one number: ${quote(output)} (from: 'last' looks inside a text)`
  return found === undefined
    ? 'no number in the output'
    : `the last number is not readable as one: ${quote(found.source)}`
}
