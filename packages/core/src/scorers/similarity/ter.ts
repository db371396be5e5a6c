import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, flag, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { amountScale, textScorer, toTexts } from '../text-scorer.ts'
import { corpusMetric } from './corpus-metric.ts'
import { refuseLongTexts } from './refuse-long-texts.ts'
import { countTerEdits } from './ter-edits.ts'
import { tokenizeTercom } from './tokenize-tercom.ts'

/** Options of {@link ter}. */
export interface TerOptions extends ScorerOptions {
  /** Default true, as tercom has it. */
  readonly ignoreCase?: boolean
  /** Leave out `. , ? : ; ! " ( )`. Default false. */
  readonly ignorePunctuation?: boolean
  /** Separate punctuation from words (tercom's normalisation for western languages). Default false. */
  readonly normalize?: boolean
}

/**
 * Translation edit rate (Snover et al. 2006), in per cent: the least insertions, deletions, substitutions and shifts of
 * words that make a reference of the output, divided by the length of the reference; of several references the fewest
 * edits and their average length. 0 is equal, more than 100 possible. Rules, tokens and limits are tercom's, as sacreBLEU
 * computes it: signature `case:lc|tok:tercom|norm:no|punct:yes|asian:no`.
 *
 * The metric `corpus` is the edits of all outputs by the lengths of all references, not a mean; `metadata.counts` is
 * `[edits, reference length]`. An empty reference gives 0 to an empty output and 100 to any other. Texts of more than
 * 2,000 words are the scorer's error.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` as `''`, an object is the scorer's error.
 *
 * @param options `ignoreCase = true`, `ignorePunctuation = false`, `normalize = false`, `name = 'ter'`
 * @returns A graded scorer, range [0, ∞), lower is better; needs `expected`, a text or an array of texts.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [ter()], thresholds: { ter: { corpus: { atMost: 50 } } }
 */
export function ter(options: TerOptions = {}): Scorer {
  checkOptions('ter', options, { ignoreCase: flag, ignorePunctuation: flag, normalize: flag })
  const { name = 'ter', ignoreCase = true, ignorePunctuation = false, normalize = false } = options
  const tokens = (text: string): string[] => tokenizeTercom(text, { ignoreCase, ignorePunctuation, normalize })
  return textScorer({
    name,
    version: optionsVersion('ter', options),
    scale: amountScale,
    needsExpected: true,
    missingIsEmpty: true,
    metrics: [corpusMetric(name, ([edits = 0, length = 0]) => terOf(edits, length))],
    judge(output, expected) {
      const words = tokens(output)
      const references = toTexts(name, expected).map(tokens)
      for (const { length } of [words, ...references]) {
        refuseLongTexts(name, { size: length, most: 2000, unit: 'words' })
      }
      const edits = Math.min(...references.map((reference) => countTerEdits(words, reference)))
      const length = references.reduce((sum, reference) => sum + reference.length, 0) / references.length
      return {
        value: terOf(edits, length),
        explanation: `${edits} edits, reference length ${length}`,
        metadata: { counts: [edits, length] },
      }
    },
  })
}

function terOf(edits: number, length: number): number {
  if (length === 0) return edits > 0 ? 100 : 0
  return (100 * edits) / length
}
