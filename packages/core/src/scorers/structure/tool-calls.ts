import type { Scorer, ScorerInput } from '../../scoring/scorer.ts'
import { callback, checkOptions, flag, optionsVersion, type ScorerOptions, texts, word } from '../scorer-options.ts'
import { binaryScale, expectedMissing, unitScale } from '../text-scorer.ts'
import { fitsCall } from './fits-arguments.ts'
import { isJsonObject } from './read-json.ts'
import { scoreSequence } from './sequence-score.ts'
import { readToolUses, type ToolUse, usedTools } from './tool-uses.ts'

/** Options of {@link toolCalls}. */
export interface ToolCallsOptions extends ScorerOptions {
  /**
   * `unordered`: the expected calls and no other, in any order. `ordered`: in that order. `subset`: the expected calls
   * are among those made; further ones do no harm. Default `unordered`.
   */
  readonly mode?: 'ordered' | 'unordered' | 'subset'
  /**
   * `exact`: equal as JSON. `partial`: further arguments, also inside objects, do no harm. `anyOf`: each expected argument
   * is a list of right values, with `''` in it if it may be left out (as in the Berkeley Function-Calling Leaderboard).
   * `ignore`: only names count. Default `exact`.
   */
  readonly arguments?: 'exact' | 'partial' | 'anyOf' | 'ignore'
  /** Names of arguments that do not count. Default none. */
  readonly ignoreArguments?: readonly string[]
  /** Tool → arguments that mean the same when they are left out. Default none. */
  readonly defaults?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Grade by F1 of the calls (recall with `subset`), instead of all or nothing. Default false. */
  readonly partialCredit?: boolean
  /** The calls that a sample made. Default: an output that is an array or has `toolCalls`, else the trace's tools. */
  readonly calls?: (sample: ScorerInput) => readonly ToolUse[]
}

/**
 * Whether the expected tools were called with the expected arguments. A call is a name, `{ name, arguments }`, or OpenAI's
 * `{ function: { name, arguments } }`, its arguments an object or a JSON text; `expected` is an array of them, or one.
 * `metadata` has `{ precision, recall, f1 }` of the calls: as many as possible are paired, each once.
 *
 * @param options `mode = 'unordered'`, `arguments = 'exact'`, `ignoreArguments = []`, `defaults = {}`,
 *   `partialCredit = false`, `calls`, `name = 'toolCalls'`
 * @returns A binary scorer, with `partialCredit` a graded one; range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, and
 *   `EVALS_SCORER_FAILED` for what is no call, and for more than a million pairs of calls
 * @example
 * // row: { question: 'Weather in Lima?', expected: [{ name: 'weather', arguments: { city: 'Lima' } }] }
 * scorers: [toolCalls({ mode: 'subset', defaults: { weather: { unit: 'celsius' } } })]
 */
export function toolCalls(options: ToolCallsOptions = {}): Scorer {
  checkOptions('toolCalls', options, {
    mode: word('ordered', 'unordered', 'subset'),
    arguments: word('exact', 'partial', 'anyOf', 'ignore'),
    ignoreArguments: texts,
    defaults: { expected: 'an object of objects', accepts: isJsonObject },
    partialCredit: flag,
    calls: callback,
  })
  const { name = 'toolCalls', mode = 'unordered', partialCredit = false, calls } = options
  const { arguments: match = 'exact', ignoreArguments: ignore = [], defaults = {} } = options
  const rules = { match, ignore, defaults }
  return {
    name,
    version: optionsVersion('toolCalls', options),
    ...(partialCredit ? unitScale : binaryScale),
    needsExpected: true,
    score(sample) {
      if (sample.expected === undefined) throw expectedMissing(name)
      const found = calls === undefined ? usedTools(name, sample) : readToolUses(name, calls(sample))
      return scoreSequence(found, readToolUses(name, sample.expected), {
        scorer: name,
        inOrder: mode === 'ordered',
        extra: mode === 'subset',
        partialCredit,
        fits: (made, wanted) => fitsCall(made, wanted, rules),
      })
    },
  }
}
