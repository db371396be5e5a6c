import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, flag, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { amountScale, textScorer, toText } from '../text-scorer.ts'
import { foldCase } from '../text/fold-case.ts'
import { corpusMetric } from './corpus-metric.ts'
import { countEdits } from './edit-distance.ts'

/** Options of `wordErrorRate` and `characterErrorRate`. */
export interface ErrorRateOptions extends ScorerOptions {
  /** Default false. */
  readonly ignoreCase?: boolean
  /** Leave out punctuation (Unicode class P), also inside words. Default false. */
  readonly ignorePunctuation?: boolean
}

/** A rate of edits against the length of what was expected. */
export interface ErrorRateParts {
  readonly factory: 'wordErrorRate' | 'characterErrorRate'
  readonly unit: string
  readonly split: (text: string) => string | readonly string[]
}

/** A scorer of `edits / length of expected`, with the same over a corpus. */
export function errorRateScorer({ factory, unit, split }: ErrorRateParts, options: ErrorRateOptions): Scorer {
  checkOptions(factory, options, { ignoreCase: flag, ignorePunctuation: flag })
  const { name = factory, ignoreCase = false, ignorePunctuation = false } = options
  const prepare = (text: string) => {
    const folded = ignoreCase ? foldCase(text) : text
    return split(ignorePunctuation ? folded.replace(/\p{P}/gu, '') : folded)
  }
  return textScorer({
    name,
    version: optionsVersion(factory, options),
    scale: amountScale,
    needsExpected: true,
    missingIsEmpty: true,
    metrics: [corpusMetric(name, ([edits = 0, length = 0]) => edits / length)],
    judge(output, expected) {
      const wanted = prepare(toText(name, 'expected', expected))
      const { edits, expectedLength } = countEdits(name, prepare(output), wanted)
      const found = {
        explanation: `${edits} edits, ${expectedLength} ${unit}`,
        metadata: { counts: [edits, expectedLength] },
      }
      if (expectedLength > 0) return { value: edits / expectedLength, ...found }
      return edits === 0 ? { value: 0, ...found } : { value: null, ...found }
    },
  })
}
