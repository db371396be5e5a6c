import type { Scorer } from '../../scoring/scorer.ts'
import {
  checkOptions,
  flag,
  type OptionRule,
  optionsVersion,
  positiveInteger,
  type ScorerOptions,
  word,
} from '../scorer-options.ts'
import { textScorer, toTexts } from '../text-scorer.ts'
import { chrfCounts, chrfNgrams, chrfOf } from './chrf-statistics.ts'
import { corpusMetric } from './corpus-metric.ts'
import { bestBy, mapSome } from './token-overlap.ts'

/** Options of {@link chrf}. */
export interface ChrfOptions extends ScorerOptions {
  /** Longest n-gram of characters. Default 6. */
  readonly characterOrder?: number
  /** Longest n-gram of words; 2 makes it chrF++. Default 0. */
  readonly wordOrder?: number
  /** How many times as much as precision recall weighs. Default 2. */
  readonly beta?: number
  /** Compare in lower case. Default false. */
  readonly ignoreCase?: boolean
  /** White space counts as characters. Default false. */
  readonly whitespace?: boolean
  /**
   * `effective`: orders of which a text has none are left out. `epsilon`: as chrF++.py, NLTK and Moses have it. Default
   * `effective`.
   */
  readonly smoothing?: 'effective' | 'epsilon'
}

const wholeNumber: OptionRule = {
  expected: 'a whole number of at least 0',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 0,
}

const positive: OptionRule = {
  expected: 'a number above 0',
  accepts: (value) => Number.isFinite(value) && Number(value) > 0,
}

/**
 * chrF (Popović 2015), with `wordOrder: 2` chrF++ (Popović 2017): the F-score of character (and word) n-grams, from 0 to
 * 100, by the rules of sacreBLEU: signature `case:mixed|eff:yes|nc:6|nw:0|space:no`. Characters are Unicode code points.
 * `expected` is a reference, or an array of them, of which the best counts.
 *
 * The metric `corpus` is computed from the n-gram counts of all outputs added up, not as a mean; `metadata.counts` has,
 * for each order, the n-grams of the output, of the reference, and in both. Time grows with the length: about 2 s for
 * each million characters.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` as `''`, an object is the scorer's error.
 *
 * @param options `characterOrder = 6`, `wordOrder = 0`, `beta = 2`, `ignoreCase = false`, `whitespace = false`,
 *   `smoothing = 'effective'`, `name = 'chrf'`
 * @returns A graded scorer, range [0, 100], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [chrf({ wordOrder: 2, name: 'chrf++' })]
 */
export function chrf(options: ChrfOptions = {}): Scorer {
  checkOptions('chrf', options, {
    characterOrder: positiveInteger,
    wordOrder: wholeNumber,
    beta: positive,
    ignoreCase: flag,
    whitespace: flag,
    smoothing: word('effective', 'epsilon'),
  })
  const { name = 'chrf', characterOrder = 6, wordOrder = 0, beta = 2, ignoreCase = false } = options
  const { whitespace = false, smoothing = 'effective' } = options
  const rules = { characterOrder, wordOrder, beta, whitespace, smoothing }
  const ngrams = (text: string) => chrfNgrams(ignoreCase ? text.toLowerCase() : text, rules)

  return textScorer({
    name,
    version: optionsVersion('chrf', options),
    scale: { kind: 'graded', range: [0, 100], direction: 'higher' },
    needsExpected: true,
    missingIsEmpty: true,
    metrics: [corpusMetric(name, (counts) => chrfOf(counts, rules))],
    judge(output, expected) {
      const found = ngrams(output)
      const all = mapSome(toTexts(name, expected), (text) => chrfCounts(found, ngrams(text)))
      const counts = bestBy(all, (each) => chrfOf(each, rules))
      return { value: Math.min(100, chrfOf(counts, rules)), metadata: { counts } }
    },
  })
}
