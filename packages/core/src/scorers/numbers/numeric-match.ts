import type { Scorer } from '../../scoring/scorer.ts'
import { matchesLikeInspect } from '../compat/inspect-number.ts'
import { lastNumeral, type Numeral, numerals, wholeNumeral } from './numeral.ts'
import { isWithin, type Rational } from './rational.ts'
import { checkOptions, nonNegative, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { binaryScale, quote, textScorer, toTexts, unusable } from '../text-scorer.ts'

/** Options of {@link numericMatch}. */
export interface NumericMatchOptions extends ScorerOptions {
  /** Allowed distance, in units of the number. Default 0. */
  readonly absolute?: number
  /** Allowed distance as a share of `expected`'s size: 0.01 is one per cent. Default 0. */
  readonly relative?: number
  /**
   * Whether the `whole` output must be one number, or the `first` or the `last` number in it counts, or `any` of them.
   * Default `whole`.
   */
  readonly from?: NumberSource
  /**
   * `inspect`: its `match(numeric=True)`: five significant digits, words as numbers only as a whole, `60%` is none; of
   * the other options only `from` has an effect. Default none.
   */
  readonly compat?: 'inspect'
}

/** Where in an output its number is looked for. */
export type NumberSource = 'whole' | 'first' | 'last' | 'any'

/**
 * 1 when the output's number is close enough to `expected`: `|output - expected| ≤ max(absolute, relative · |expected|)`,
 * else 0; of several expected numbers any will do. The explanation shows the numbers as they were read. The calculation is
 * exact (decimal, no rounding): `1.1` is within 0.1 of `1`, and 9007199254740993 is not 9007199254740992.
 *
 * What is read as a number, in the output and in `expected` (always the whole text):
 * - `1234`, `1,234`, `1'234`, `1 234` (thousands in complete groups of three, so `3 4` is not 34 and `1,23` is
 *   nothing), `.5`, `1.5e-3`, fractions `3/4`, `½`, `2½`, full-width digits; signs `-`, `−`, `+`, directly before
 *   number or currency.
 * - A currency sign or a percent sign is a unit and dropped: `$5` = 5, and `50%` = 50, not 0.5. Write `expected` in the
 *   notation that the prompt asks for.
 * - A decimal comma, powers (`10^3`, `10²`) and magnitudes (`4k`, `2 million`) are not interpreted.
 *
 * `from: 'last'` (`'first'`, `'any'`) skips digits inside words (`H2O`, `gpt-4o`) and ignores what follows the number
 * (`5kg` = 5, also `4k` = 4). If what comes last is no single number (`1.2.3`, `10^3`), the score is 0: an earlier number
 * is never taken for it.
 *
 * Output: an output without a readable number, `null` and `undefined` score 0; an object is the scorer's error, and so
 * is an `expected` that is no number.
 *
 * @param options `absolute = 0`, `relative = 0`, `from = 'whole'`, `compat` (none), `name = 'numericMatch'`
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
    from: word('whole', 'first', 'last', 'any'),
    compat: word('inspect'),
  })
  const { name = 'numericMatch', absolute = 0, relative = 0, from = 'whole', compat } = options
  const tolerance = { absolute: exact(absolute), relative: exact(relative) }

  return textScorer({
    name,
    version: optionsVersion('numericMatch', options),
    scale: binaryScale,
    needsExpected: true,
    judge(output, expected) {
      const wanted = toTexts(name, expected)
      if (compat === 'inspect') return { value: wanted.some((text) => matchesLikeInspect(output, text, from)) ? 1 : 0 }
      const targets = wanted.map((text) => readTarget(name, text))
      let last: Numeral | undefined
      for (const found of candidates(output, from)) {
        last = found
        const { value } = found
        if (value !== undefined && targets.some((target) => isWithin(value, target.value, tolerance))) {
          return { value: 1, explanation: comparison(found, targets) }
        }
      }
      return {
        value: 0,
        explanation: last?.value === undefined ? unread(output, last, from) : comparison(last, targets),
      }
    },
  })
}

/** A numeral that was read as a number. */
type Read = Numeral & { readonly value: Rational }

function readTarget(scorer: string, text: string): Read {
  const target = wholeNumeral(text)
  if (target?.value !== undefined) return { ...target, value: target.value }
  throw unusable(scorer, `expected must be a number, but is ${quote(text)}; correct the row`, {
    details: { expected: text },
  })
}

function candidates(output: string, from: NumberSource): Iterable<Numeral> {
  if (from === 'any') return numerals(output)
  if (from === 'first') return numerals(output).take(1)
  const found = from === 'whole' ? wholeNumeral(output) : lastNumeral(output)
  return found === undefined ? [] : [found]
}

function comparison(found: Numeral, targets: readonly Read[]): string {
  return `read ${show(found)}, expected ${targets.map(show).join(' or ')}`
}

function exact(tolerance: number): Rational {
  return wholeNumeral(String(tolerance))?.value ?? { numerator: 0n, denominator: 1n }
}

function show({ source, plain = '' }: Numeral): string {
  return source === plain ? plain : `${plain} (${quote(source)})`
}

function unread(output: string, found: Numeral | undefined, from: NumberSource): string {
  if (from === 'whole') return `the output is not one number: ${quote(output)} (from: 'last' looks inside a text)`
  return found === undefined
    ? 'no number in the output'
    : `the ${from === 'first' ? 'first' : 'last'} number is not readable as one: ${quote(found.source)}`
}
