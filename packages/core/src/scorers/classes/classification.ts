import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, invalidOption, type OptionRule, optionsVersion, texts } from '../scorer-options.ts'
import { binaryScale, expectedMissing, quote, toText, unusable } from '../text-scorer.ts'
import { prepareText, textRules, type TextOptions } from '../text/prepare-text.ts'
import { classMetrics } from './class-metrics.ts'

/** Options of {@link classification}; labels are compared without case and punctuation around them, unless told else. */
export interface ClassificationOptions extends TextOptions {
  /** All classes, at least two different ones. */
  readonly labels: readonly string[]
}

const labelsRule: OptionRule = {
  expected: 'an array of at least two different labels',
  accepts: (value) => texts.accepts(value) && new Set(value as readonly string[]).size > 1,
}

/**
 * 1 when the output is the expected label, else 0. An output that is none of the labels is a wrong answer and no class of
 * its own; an `expected` that is none is the scorer's error. `metadata` has `{ expected, predicted }`, the latter `null`
 * where no label was given.
 *
 * Metrics, over all records: `accuracy`; `macroPrecision`, `macroRecall`, `macroF1` (means over the labels),
 * `microPrecision`, `microRecall`, `microF1` (from the sums over the labels); for each label `precision.<label>`,
 * `recall.<label>`, `f1.<label>`; the confusion matrix `confusion.<true>.<predicted>`, with the column `(none)`. A
 * quotient 0/0 counts as 0, as in scikit-learn, and its note says so.
 *
 * @param options `labels`, `trim = false`, `trimPunctuation = true`, `ignoreCase = true`, `normalize` (none),
 *   `name = 'classification'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [classification({ labels: ['positive', 'neutral', 'negative'] })],
 * thresholds: { classification: { macroF1: 0.8 } }
 */
export function classification(options: ClassificationOptions): Scorer {
  checkOptions('classification', options, { ...textRules, labels: labelsRule })
  const { name = 'classification', trimPunctuation = true, ignoreCase = true, labels } = options
  const prepare = (text: string): string => prepareText(text, { ...options, trimPunctuation, ignoreCase })
  if (labels === undefined) throw invalidOption('classification', `option "labels" must be ${labelsRule.expected}`, {})
  const known = new Map(labels.map((label) => [prepare(label), label]))
  if (known.size < labels.length) {
    const problem =
      'two of the labels are the same without case and punctuation; turn off ignoreCase or trimPunctuation'
    throw invalidOption('classification', problem, { details: { labels } })
  }
  return {
    name,
    version: optionsVersion('classification', options),
    ...binaryScale,
    needsExpected: true,
    metrics: classMetrics(name, labels),
    score({ output, expected: given }) {
      if (given === undefined || given === null) throw expectedMissing(name)
      const expected = known.get(prepare(toText(name, 'expected', given)))
      if (expected === undefined) {
        throw unusable(name, `expected is ${quote(String(given))}, which is none of the labels ${labels.join(', ')}`)
      }
      const text = output === undefined || output === null ? undefined : toText(name, 'output', output)
      const predicted = text === undefined ? undefined : known.get(prepare(text))
      return {
        value: predicted === expected ? 1 : 0,
        ...(predicted === undefined
          ? { explanation: `${text === undefined ? 'no output' : quote(text)} is no label` }
          : {}),
        metadata: { expected, predicted: predicted ?? null },
      }
    },
  }
}
