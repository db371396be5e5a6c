import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, flag, optionsVersion, positiveInteger, type ScorerOptions, word } from '../scorer-options.ts'
import { textScorer, toTexts } from '../text-scorer.ts'
import { bleuOf, bleuStatistics, type BleuSmoothing, type BleuStatistics } from './bleu-statistics.ts'
import { corpusMetric } from './corpus-metric.ts'
import { splitWords } from './split-words.ts'
import { tokenize13a } from './tokenize-13a.ts'
import { tokenizeInternational } from './tokenize-international.ts'

/** Options of {@link bleu}. */
export interface BleuOptions extends ScorerOptions {
  /** How texts become tokens; `none` splits at white space, `char` takes characters. Default `13a`, the one of WMT. */
  readonly tokenize?: '13a' | 'intl' | 'char' | 'none'
  /** Compare in lower case. Default false. */
  readonly ignoreCase?: boolean
  /** What takes the place of a precision of 0 (Chen and Cherry 2014). Default `exp`. */
  readonly smoothing?: BleuSmoothing
  /** The longest n-gram that counts. Default 4. */
  readonly maxOrder?: number
}

const tokenizers: Readonly<Record<NonNullable<BleuOptions['tokenize']>, (text: string) => readonly string[]>> = {
  '13a': tokenize13a,
  intl: tokenizeInternational,
  char: (text) => splitWords(Array.from(text.trimEnd()).join(' ')),
  none: (text) => splitWords(text),
}

/**
 * BLEU (Papineni et al. 2002) with the tokens, smoothing and scale (0 to 100) of sacreBLEU: signature
 * `case:mixed|tok:13a|smooth:exp`. `expected` is a reference, or an array of them.
 *
 * The score of a sample is sentence BLEU (`eff:yes`). What papers report is the metric `corpus` (`eff:no`): the n-gram
 * counts of all outputs added up, not a mean of sentences; bound it with `{ bleu: { corpus: 30 } }`. `metadata.counts`
 * has the lengths of output and reference, the matches of each order, and the totals. Without a match, as of an empty
 * text, BLEU is 0. Time grows with the length.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` as `''`, an object is the scorer's error.
 *
 * @param options `tokenize = '13a'`, `ignoreCase = false`, `smoothing = 'exp'`, `maxOrder = 4`, `name = 'bleu'`
 * @returns A graded scorer, range [0, 100], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [bleu()], thresholds: { bleu: { corpus: 30 } }
 */
export function bleu(options: BleuOptions = {}): Scorer {
  checkOptions('bleu', options, {
    tokenize: word('13a', 'intl', 'char', 'none'),
    ignoreCase: flag,
    smoothing: word('exp', 'floor', 'add-k', 'none'),
    maxOrder: positiveInteger,
  })
  const { name = 'bleu', tokenize = '13a', ignoreCase = false, smoothing = 'exp', maxOrder = 4 } = options
  const tokens = (text: string): readonly string[] => tokenizers[tokenize](ignoreCase ? text.toLowerCase() : text)
  return textScorer({
    name,
    version: optionsVersion('bleu', options),
    scale: { kind: 'graded', range: [0, 100], direction: 'higher' },
    needsExpected: true,
    missingIsEmpty: true,
    metrics: [corpusMetric(name, (counts) => bleuOf(fromCounts(counts), { smoothing, effectiveOrder: false }))],
    judge(output, expected) {
      const statistics = bleuStatistics(tokens(output), toTexts(name, expected).map(tokens), maxOrder)
      return {
        value: bleuOf(statistics, { smoothing, effectiveOrder: true }),
        metadata: { counts: toCounts(statistics) },
      }
    },
  })
}

function toCounts({ outputLength, referenceLength, matches, totals }: BleuStatistics): number[] {
  return [outputLength, referenceLength, ...matches, ...totals]
}

function fromCounts([outputLength = 0, referenceLength = 0, ...counts]: readonly number[]): BleuStatistics {
  const maxOrder = counts.length / 2
  return { outputLength, referenceLength, matches: counts.slice(0, maxOrder), totals: counts.slice(maxOrder) }
}
