import type { Scorer } from '../../scoring/scorer.ts'
import { foldCase } from './fold-case.ts'
import { checkOptions, flag, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { binaryScale, quote, textScorer, toText, unusable } from '../text-scorer.ts'

/** Options of {@link includes}. */
export interface IncludesOptions extends ScorerOptions {
  /** Default false. */
  readonly ignoreCase?: boolean
  /** Whether `all` of several expected texts must occur, or `any` one of them. Default `all`. */
  readonly mode?: 'all' | 'any'
  /**
   * `inspect`: what its `includes()` understands: case does not matter, any of several texts will do, and an empty text
   * is in every output. The other options then have no effect. Default none.
   */
  readonly compat?: 'inspect'
}

const inspectOptions: IncludesOptions = { ignoreCase: true, mode: 'any' }

/**
 * 1 when the output contains `expected` (a text, or an array of texts of which `all` or `any` must occur), else 0; the
 * explanation lists what is missing. An empty expected text or array is the scorer's error, because every output
 * contains it.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` score 0, an object is the scorer's error.
 *
 * @param options `ignoreCase = false`, `mode = 'all'`, `compat` (none), `name = 'includes'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * // row: { question: 'Who wrote Dune?', expected: ['Herbert', 'Frank Herbert'] }
 * scorers: [includes({ ignoreCase: true, mode: 'any' })]
 */
export function includes(options: IncludesOptions = {}): Scorer {
  checkOptions('includes', options, { ignoreCase: flag, mode: word('all', 'any'), compat: word('inspect') })
  const { name = 'includes', compat } = options
  const { ignoreCase = false, mode = 'all' } = compat === 'inspect' ? inspectOptions : options
  const prepare = ignoreCase ? foldCase : (text: string) => text

  function texts(expected: unknown): readonly string[] {
    const wanted = (Array.isArray(expected) ? expected : [expected]).map((text) => toText(name, 'expected', text))
    if (wanted.length > 0 && (!wanted.includes('') || compat === 'inspect')) return wanted
    const what = wanted.length > 0 ? 'contains an empty text' : 'is an empty array'
    throw unusable(name, `expected ${what}, which every output includes; give the row a text to look for`)
  }

  return textScorer({
    name,
    version: optionsVersion('includes', options),
    scale: binaryScale,
    needsExpected: true,
    judge(output, expected) {
      const wanted = texts(expected)
      const text = prepare(output)
      const missing = wanted.filter((item) => !text.includes(prepare(item)))
      if (mode === 'any' ? missing.length < wanted.length : missing.length === 0) return { value: 1 }
      return { value: 0, explanation: `missing${mode === 'any' ? ' any of' : ''}: ${missing.map(quote).join(', ')}` }
    },
  })
}
