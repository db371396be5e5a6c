import { scorerFingerprint } from '../../scoring/scorer-fingerprint.ts'
import type { Scorer, ScorerInput, ScoreScale } from '../../scoring/scorer.ts'
import { toScorers } from '../../scoring/to-scorers.ts'
import {
  callback,
  checkOptions,
  invalidOption,
  type OptionRule,
  optionsVersion,
  type ScorerOptions,
} from '../scorer-options.ts'
import { expectedMissing, unitScale } from '../text-scorer.ts'
import { type ScorerPart, singleScore } from './parts.ts'

/** Options of {@link map}. */
export interface MapOptions extends ScorerOptions {
  /** What the scorer judges in place of the output. */
  readonly output?: (output: unknown, sample: ScorerInput) => unknown
  /** What it compares with in place of `expected`. */
  readonly expected?: (expected: unknown, sample: ScorerInput) => unknown
  /** What becomes of its value; with `scale` where that is not from 0 to 1, higher better. */
  readonly value?: (value: number) => number | boolean | null
  /** Kind, range and direction of what `value` returns. Default graded, [0, 1], higher is better. */
  readonly scale?: ScoreScale
}

const scaleRule: OptionRule = {
  expected: 'an object of kind, range and direction',
  accepts: (value) => typeof value === 'object' && value !== null,
}

/**
 * A scorer with something else to judge, or with another value: the answer taken out of a longer text, a member of a
 * structured output, a grade that becomes pass or fail.
 *
 * @param scorer A scorer or function.
 * @param options `output`, `expected`, `value`, `scale`, `name` (the scorer's)
 * @returns A scorer of the same scale, with `value` of `scale`; with the scorer's metrics if value and name stay.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws what the scorer throws
 * @example
 * const lastLine = (output: unknown) => String(output).split('\n').at(-1)
 * const isNear = (similarity: number) => similarity >= 0.9
 * scorers: [map(exactMatch(), { output: lastLine }), map(levenshtein(), { value: isNear, scale: { kind: 'binary' } })]
 */
export function map(scorer: ScorerPart, options: MapOptions): Scorer {
  checkOptions('map', options, {
    output: callback,
    expected: callback,
    value: callback,
    scale: scaleRule,
  })
  const { output, expected, value: change, scale } = options
  if (scale !== undefined && change === undefined) {
    throw invalidOption('map', 'option "scale" is that of what `value` returns, and there is no `value`', {})
  }
  const [part] = toScorers([scorer]) as [Scorer]
  const { metrics: _metrics, ...withoutMetrics } = part
  const { name = part.name } = options
  const base = change === undefined && name === part.name ? part : { ...withoutMetrics, name }

  function changed(sample: ScorerInput): ScorerInput {
    if (part.needsExpected === true && sample.expected === undefined) throw expectedMissing(part.name)
    return {
      ...sample,
      ...(output === undefined ? {} : { output: output(sample.output, sample) }),
      ...(expected === undefined ? {} : { expected: expected(sample.expected, sample) }),
    }
  }

  return {
    ...base,
    ...(change === undefined ? {} : { ...unitScale, ...scale }),
    get version() {
      return optionsVersion(['map', scorerFingerprint(part)], options)
    },
    async score(sample) {
      const result = await part.score(changed(sample))
      if (change === undefined) return result
      const [, score] = singleScore('map', part, result)
      return { ...score, value: score.value === null ? null : change(score.value) }
    },
  }
}
