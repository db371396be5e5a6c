import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, flag, optionsVersion, type ScorerOptions, texts } from '../scorer-options.ts'
import { binaryScale, expectedMissing, unusable } from '../text-scorer.ts'
import { jsonDifference } from './json-difference.ts'
import { readJson, withoutFences } from './read-json.ts'

/** Options of {@link jsonMatch}. */
export interface JsonMatchOptions extends ScorerOptions {
  /** The output's objects may have members that `expected` has not. Default false. */
  readonly partial?: boolean
  /** Names of members that are left out on both sides, at any depth. Default none. */
  readonly ignore?: readonly string[]
  /** `expected` is an array of right answers, of which any will do. Default false: an array is the answer. */
  readonly alternatives?: boolean
  /** Take the contents of a Markdown code fence when the whole output is one. Default false: a fence is not JSON. */
  readonly stripFences?: boolean
}

/**
 * 1 when output and `expected` are the same JSON value, else 0; the explanation says where they first differ. The order
 * of members does not matter, that of items does; 1 and 1.0 are one number, 1 and `"1"` are not the same.
 *
 * Texts are parsed, on both sides; anything else is taken as a value that is parsed already. An output that is no JSON
 * scores 0, an `expected` that is none is the scorer's error.
 *
 * @param options `partial = false`, `ignore = []`, `alternatives = false`, `stripFences = false`, `name = 'jsonMatch'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [jsonMatch({ ignore: ['id', 'createdAt'] })]
 */
export function jsonMatch(options: JsonMatchOptions = {}): Scorer {
  checkOptions('jsonMatch', options, { partial: flag, ignore: texts, alternatives: flag, stripFences: flag })
  const { name = 'jsonMatch', partial = false, ignore = [], alternatives = false, stripFences = false } = options
  const rules = { partial, ignore: new Set(ignore) }

  function wantedOf(expected: unknown): readonly unknown[] {
    const all: readonly unknown[] = alternatives && Array.isArray(expected) ? expected : [expected]
    if (all.length === 0) throw unusable(name, 'expected is an empty array; give the row a right answer')
    return all.map((one) => {
      const reading = one === null ? { value: null } : readJson(one)
      if ('value' in reading) return reading.value
      throw unusable(name, `expected is ${reading.problem}; correct the row`)
    })
  }

  function difference(found: unknown, one: unknown): string | undefined {
    try {
      return jsonDifference(found, one, rules)
    } catch (cause) {
      // The comparison itself throws nothing: the stack was too small.
      throw unusable(name, 'the values are nested too deeply to compare', { cause })
    }
  }

  return {
    name,
    version: optionsVersion('jsonMatch', options),
    ...binaryScale,
    needsExpected: true,
    score({ output, expected }) {
      if (expected === undefined) throw expectedMissing(name)
      const wanted = wantedOf(expected)
      const reading = readJson(stripFences && typeof output === 'string' ? withoutFences(output) : output)
      if ('problem' in reading) return { value: 0, explanation: reading.problem }
      const differences = wanted.map((one) => difference(reading.value, one))
      if (differences.includes(undefined)) return { value: 1 }
      return { value: 0, explanation: differences.join('; or ') }
    },
  }
}
