import { types } from 'node:util'
import { messageOf } from '../../errors.ts'
import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, invalidOption, optionsVersion, positiveInteger, type ScorerOptions } from '../scorer-options.ts'
import { binaryScale, textScorer, toText, unusable } from '../text-scorer.ts'
import { withinTime } from '../within-time.ts'

/** Options of {@link matches}. */
export interface MatchesOptions extends ScorerOptions {
  /** Longest time one match may take, in ms of blocked process. Default 1000. */
  readonly timeoutMs?: number
}

/**
 * 1 when the regular expression matches anywhere in the output, else 0.
 *
 * A string is the source of an expression without flags. Without `pattern` the row's `expected` is the pattern. Every
 * match starts afresh: `lastIndex` is neither read nor written, a sticky expression matches at the start of the output
 * only. A pattern that backtracks longer than `timeoutMs` is the scorer's error, not a wrong answer; so is an empty
 * pattern.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` score 0, an object is the scorer's error.
 *
 * @param pattern A `RegExp`, or the source of one. Default: the row's `expected`.
 * @param options `timeoutMs = 1000`, `name = 'matches'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected` when it has no `pattern`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [matches(/^\d{4}-\d{2}-\d{2}$/)]
 */
export function matches(pattern?: RegExp | string, options: MatchesOptions = {}): Scorer {
  checkOptions('matches', options, { timeoutMs: positiveInteger })
  const { name = 'matches', timeoutMs = 1000 } = options
  const fixed = pattern === undefined ? undefined : ownPattern(pattern)

  function rowPattern(expected: unknown): RegExp {
    try {
      return toRegExp(types.isRegExp(expected) ? expected : toText(name, 'expected', expected))
    } catch (cause) {
      throw unusable(name, `expected is no usable pattern: ${messageOf(cause)}`, { details: { expected }, cause })
    }
  }

  return textScorer({
    name,
    version: optionsVersion(['matches', pattern], options),
    scale: binaryScale,
    needsExpected: fixed === undefined,
    judge(output, expected) {
      const regexp = fixed ?? rowPattern(expected)
      // Not the user's own expression, whose `lastIndex` may be anything.
      const ended = withinTime(timeoutMs, () => new RegExp(regexp).test(output))
      if (ended?.result === true) return { value: 1 }
      if (ended?.result === false) return { value: 0, explanation: `no match for ${regexp}` }
      throw unusable(
        name,
        `the pattern ${regexp} needed more than ${timeoutMs} ms on an output of ${output.length} characters; ` +
          'make it simpler (nested repetitions backtrack), or raise timeoutMs',
        { details: { pattern: regexp.source, flags: regexp.flags, timeoutMs, outputLength: output.length } },
      )
    },
  })
}

function ownPattern(pattern: unknown): RegExp {
  if (typeof pattern !== 'string' && !types.isRegExp(pattern)) {
    throw invalidOption('matches', 'the pattern must be a RegExp or a string; options come second', {
      details: { pattern },
    })
  }
  try {
    return toRegExp(pattern)
  } catch (cause) {
    throw invalidOption('matches', `the pattern is not usable: ${messageOf(cause)}`, { details: { pattern }, cause })
  }
}

function toRegExp(pattern: RegExp | string): RegExp {
  if (pattern === '') throw new SyntaxError('an empty pattern matches every output')
  return typeof pattern === 'string' ? new RegExp(pattern) : pattern
}
