import type { Metric, Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { textScorer, toTexts, unitScale } from '../text-scorer.ts'
import { scoreMetadata } from './corpus-metric.ts'
import { squadWords } from './squad-words.ts'
import { bestBy, mapSome, tokenOverlap } from './token-overlap.ts'

/** Options of {@link squad}. */
export interface SquadOptions extends ScorerOptions {
  /**
   * Which edition's rules. `2.0`: where output or gold answer has no words, F1 is 1 if neither has any, else 0, so that
   * `''` is the gold answer of a question without one. `1.1`: F1 is then 0. Default `2.0`.
   */
  readonly version?: '1.1' | '2.0'
}

/**
 * F1 and exact match of an extracted answer by the official evaluation of SQuAD (Rajpurkar et al. 2016; 2.0: Rajpurkar,
 * Jia, Liang 2018). Answers are compared in lower case, without ASCII punctuation and without a, an, the. F1 is that of
 * `tokenF1`; exact match is 1 when nothing else differs. Both are the best over the gold answers in `expected`.
 *
 * The value is F1; `metadata` has `{ exactMatch, f1 }`. Metrics: `exactMatch` and `f1`, in per cent, as the official
 * script prints them.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` as `''`, an object is the scorer's error.
 *
 * @param options `version = '2.0'`, `name = 'squad'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`, a text or an array of texts.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [squad()], thresholds: { squad: { exactMatch: { atLeast: 70 } } }
 */
export function squad(options: SquadOptions = {}): Scorer {
  checkOptions('squad', options, { version: word('1.1', '2.0') })
  const { name = 'squad', version = '2.0' } = options

  function f1Of(found: readonly string[], wanted: readonly string[]): number {
    if (version === '2.0' && found.length === 0 && wanted.length === 0) return 1
    return tokenOverlap(found, wanted).f1
  }

  return textScorer({
    name,
    version: optionsVersion('squad', options),
    scale: unitScale,
    needsExpected: true,
    missingIsEmpty: true,
    metrics: [meanPercent(name, 'exactMatch'), meanPercent(name, 'f1')],
    judge(output, expected) {
      const found = squadWords(output)
      const golds = mapSome(toTexts(name, expected), squadWords)
      const f1 = f1Of(
        found,
        bestBy(golds, (gold) => f1Of(found, gold)),
      )
      const exactMatch = golds.some((gold) => gold.join(' ') === found.join(' ')) ? 1 : 0
      return { value: f1, metadata: { exactMatch, f1 } }
    },
  })
}

function meanPercent(scorer: string, figure: string): Metric {
  return {
    name: figure,
    compute(records) {
      const values = scoreMetadata(records, scorer).map((metadata) => Number(metadata[figure]))
      return { value: (100 * values.reduce((sum, value) => sum + value, 0)) / values.length, n: values.length }
    },
  }
}
