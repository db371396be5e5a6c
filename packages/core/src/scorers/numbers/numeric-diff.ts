import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { quote, textScorer, toText, unitScale, unusable } from '../text-scorer.ts'
import { wholeNumeral } from './numeral.ts'

/** Options of {@link numericDiff}: none besides the name. */
export type NumericDiffOptions = ScorerOptions

/**
 * How close the output's number is to `expected`, relative to their sizes: `1 - |output - expected| / (|output| +
 * |expected|)`, and 1 for 0 against 0. It does not change when both are multiplied by the same number. 0 against anything
 * else, and numbers of different signs, score 0.
 *
 * Numbers are read as `numericMatch` reads a whole output. An output that is no finite number scores 0, an `expected`
 * that is none is the scorer's error.
 *
 * @param options `name = 'numericDiff'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [numericDiff()] // 1 against 2: 1 - 1/3
 */
export function numericDiff(options: NumericDiffOptions = {}): Scorer {
  checkOptions('numericDiff', options, {})
  const { name = 'numericDiff' } = options
  return textScorer({
    name,
    version: optionsVersion('numericDiff', options),
    scale: unitScale,
    needsExpected: true,
    judge(output, expected) {
      const target = toFiniteNumber(toText(name, 'expected', expected))
      if (target === undefined) {
        throw unusable(name, `expected must be a number, but is ${quote(String(expected))}; correct the row`, {
          details: { expected },
        })
      }
      const found = toFiniteNumber(output)
      if (found === undefined) return { value: 0, explanation: `the output is not one number: ${quote(output)}` }
      return { value: numericSimilarity(found, target) }
    },
  })
}

/** `1 - |a - b| / (|a| + |b|)`, 1 for 0 and 0, without overflow. */
export function numericSimilarity(a: number, b: number): number {
  if (a === b) return 1
  if (Math.sign(a) !== Math.sign(b)) return 0
  const [smaller, larger] = [Math.abs(a), Math.abs(b)].toSorted((x, y) => x - y) as [number, number]
  const ratio = smaller / larger
  return 1 - (1 - ratio) / (1 + ratio)
}

/** A decimal by the engine, which rounds right, a fraction by division. */
function toFiniteNumber(text: string): number | undefined {
  const { value: exact, plain = '' } = wholeNumeral(text) ?? {}
  if (exact === undefined) return undefined
  const value = plain.includes('/') ? Number(exact.numerator) / Number(exact.denominator) : Number(plain)
  return Number.isFinite(value) ? value : undefined
}
