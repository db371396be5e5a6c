import type { Scorer } from '../../scoring/scorer.ts'
import { normalizeLikeInspect } from '../compat/inspect-words.ts'
import { roundHalfEven } from '../compat/round-half-even.ts'
import { checkOptions, optionsVersion, type ScorerOptions, texts, word } from '../scorer-options.ts'
import { textScorer, toTexts, unitScale } from '../text-scorer.ts'
import { splitWords } from './split-words.ts'
import { squadWords } from './squad-words.ts'
import { bestBy, mapSome, type Overlap, tokenOverlap } from './token-overlap.ts'

/** Options of {@link tokenF1}. */
export interface TokenF1Options extends ScorerOptions {
  /** Words that do not count, besides the articles. Default none. */
  readonly stopWords?: readonly string[]
  /** `inspect`: its `f1()`, which compares *sets* of words and rounds to two decimals. Default none. */
  readonly compat?: 'inspect'
}

/**
 * How many words output and `expected` share: F1 = 2·P·R / (P + R), where P is the share of the output's words that are
 * in `expected`, R the share of the words of `expected` that are in the output, each word as often as it is in both
 * (SQuAD v1.1, Rajpurkar et al. 2016). Words are compared in lower case, without ASCII punctuation and without a, an,
 * the. Of several expected texts the best counts. A text without a word shares none and scores 0. The explanation has P
 * and R. Time grows with the length.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` score 0, an object is the scorer's error.
 *
 * @param options `stopWords = []`, `compat` (none), `name = 'tokenF1'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [tokenF1()] // 'Broncos' against 'Denver Broncos': P 1, R 1/2, F1 2/3
 */
export function tokenF1(options: TokenF1Options = {}): Scorer {
  checkOptions('tokenF1', options, { stopWords: texts, compat: word('inspect') })
  const { name = 'tokenF1', stopWords = [], compat } = options
  const stopped = new Set(stopWords.flatMap(squadWords))
  const overlap = compat === 'inspect' ? inspectOverlap : wordOverlap

  function wordOverlap(output: string, expected: string): Overlap {
    const words = (text: string): string[] => squadWords(text).filter((item) => !stopped.has(item))
    return tokenOverlap(words(output), words(expected))
  }

  function inspectOverlap(output: string, expected: string): Overlap {
    const words = (text: string): string[] => [...new Set(splitWords(normalizeLikeInspect(text, stopWords)))]
    const [found, wanted] = [words(output), words(expected)]
    if (found.length === 0 && wanted.length === 0) return { precision: 1, recall: 1, f1: 1 }
    const { precision, recall, f1 } = tokenOverlap(found, wanted)
    return { precision, recall, f1: roundHalfEven(f1) }
  }

  return textScorer({
    name,
    version: optionsVersion('tokenF1', options),
    scale: unitScale,
    needsExpected: true,
    judge(output, expected) {
      const overlaps = mapSome(toTexts(name, expected), (text) => overlap(output, text))
      const { precision, recall, f1 } = bestBy(overlaps, (each) => each.f1)
      return { value: f1, explanation: `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}` }
    },
  })
}
