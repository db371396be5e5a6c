import { describe, expect, test } from 'vitest'
import type { ScorerPart } from '../combine/parts.ts'
import { map } from '../combine/map.ts'
import { weighted } from '../combine/weighted.ts'
import { readGolden } from '../golden.test-support.ts'
import { judge, valueOf } from '../judge.test-support.ts'
import { levenshtein } from '../similarity/levenshtein.ts'
import { tokenF1 } from '../similarity/token-f1.ts'
import { jsonMatch } from '../structure/json-match.ts'
import { toolCalls } from '../structure/tool-calls.ts'
import { trajectory } from '../structure/trajectory.ts'
import { exactMatch } from '../text/exact-match.ts'
import { includes } from '../text/includes.ts'

describe('openai-evals', () => {
  interface Case {
    readonly completion: string
    readonly ideal: string | readonly string[]
  }
  const golden = readGolden<{
    readonly json_match: readonly (Case & { readonly accuracy: number })[]
    readonly fuzzy_match: readonly (Case & { readonly accuracy: number; readonly f1_score: number })[]
    readonly includes: readonly (Case & { readonly match: boolean; readonly ignore_case: boolean })[]
  }>('openai-evals-basic')

  test.for(golden.json_match)('json_match: $completion against $ideal', async ({ completion, ideal, accuracy }) => {
    expect(await valueOf(jsonMatch({ alternatives: true }), completion, ideal)).toBe(accuracy)
  })

  test.for(golden.fuzzy_match)('fuzzy_match: $completion against $ideal', async (row) => {
    expect(await valueOf(tokenF1(), row.completion, row.ideal)).toBe(row.f1_score)
    const within = (output: unknown, { expected }: { expected: unknown }) => {
      return [expected].flat().some((ideal) => String(ideal).includes(String(output))) ? output : undefined
    }
    const either = map(includes({ mode: 'any' }), { output: within, expected: (_, { output }) => output })
    expect(await valueOf(either, row.completion, row.ideal)).toBe(row.accuracy)
  })

  test.for(golden.includes)(
    'includes: $completion against $ideal',
    async ({ completion, ideal, match, ignore_case }) => {
      const scorer = includes({ mode: 'any', ignoreCase: ignore_case })
      expect(await valueOf(scorer, completion, ideal)).toBe(Number(match))
    },
  )
})

describe('promptfoo', () => {
  interface Assertion {
    readonly score: number
    readonly weight: number
  }
  const golden = readGolden<{
    readonly weighted_score: readonly {
      readonly assertions?: readonly Assertion[]
      readonly score?: number
      readonly threshold?: number
      readonly pass?: boolean
    }[]
    readonly tool_call_f1: readonly {
      readonly expected: readonly string[]
      readonly actual: readonly string[]
      readonly precision: number
      readonly recall: number
      readonly f1: number
    }[]
    readonly tool_args_match_exact_with_defaults: {
      readonly expected: object
      readonly defaults: Readonly<Record<string, unknown>>
      readonly rows: readonly (readonly [object, boolean])[]
    }
    readonly tool_args_match_exact_with_ignore: {
      readonly expected: object
      readonly ignore: readonly string[]
      readonly rows: readonly (readonly [object, boolean])[]
    }
    readonly tool_sequence: readonly {
      readonly mode: string
      readonly expected: readonly string[]
      readonly actual: readonly string[]
      readonly pass: boolean
    }[]
  }>('promptfoo-documented')

  test.for(golden.weighted_score.filter(({ assertions }) => assertions !== undefined))(
    'weighted score of $assertions',
    async ({ assertions = [], score, threshold, pass }) => {
      const parts = assertions.map(({ score: fixed, weight }, index): [ScorerPart, number] => {
        return [{ name: `part${index}`, range: [0, 1], score: () => fixed }, weight]
      })
      const value = Number(await valueOf(weighted(parts), 'output'))
      if (score !== undefined) expect(value).toBeCloseTo(score, 12)
      if (threshold !== undefined) expect(value >= threshold).toBe(pass)
    },
  )

  test.for(golden.tool_call_f1)(
    'tool-call F1 of $actual against $expected',
    async ({ expected, actual, ...figures }) => {
      const { value, metadata } = await judge(toolCalls({ partialCredit: true }), actual, expected)
      expect(value).toBeCloseTo(figures.f1, 12)
      expect(metadata).toEqual({ precision: expect.closeTo(figures.precision, 12), recall: figures.recall, f1: value })
    },
  )

  const { tool_args_match_exact_with_defaults: withDefaults, tool_args_match_exact_with_ignore: withIgnore } = golden

  test.for([...withDefaults.rows])('arguments %j with defaults: %s', async ([given, passes]) => {
    const scorer = toolCalls({ defaults: { list: withDefaults.defaults } })
    const [made, wanted] = [given, withDefaults.expected].map((args) => [{ name: 'list', arguments: args }])
    expect(await valueOf(scorer, made, wanted)).toBe(Number(passes))
  })

  test.for([...withIgnore.rows])('arguments %j with ignored ones: %s', async ([given, passes]) => {
    const scorer = toolCalls({ ignoreArguments: withIgnore.ignore })
    const [made, wanted] = [given, withIgnore.expected].map((args) => [{ name: 'list', arguments: args }])
    expect(await valueOf(scorer, made, wanted)).toBe(Number(passes))
  })

  test.for(golden.tool_sequence)('$mode: $actual against $expected', async ({ mode, expected, actual, pass }) => {
    const scorer = trajectory({ mode: mode === 'exact' ? 'exact' : 'inOrder' })
    expect(await valueOf(scorer, actual, expected)).toBe(Number(pass))
  })
})

describe('langsmith', () => {
  const golden = readGolden<{
    readonly rows: readonly {
      readonly received: string
      readonly expected: string
      readonly distance: number
      readonly relative: number
    }[]
  }>('langsmith-matchers')

  test.for(golden.rows)(
    '$received and $expected are $relative apart',
    async ({ received, expected, distance, relative }) => {
      const { value, explanation } = await judge(levenshtein(), received, expected)
      expect(1 - Number(value)).toBeCloseTo(relative, 12)
      expect(explanation).toContain(`distance ${distance},`)
    },
  )
})

describe('lm-evaluation-harness', () => {
  const golden = readGolden<{
    readonly gsm8k_filters: readonly {
      readonly output: string
      readonly target: string
      readonly em_strict: number
      readonly em_flexible: number
    }[]
    readonly multiple_choice_regex: readonly {
      readonly output: string
      readonly choices: readonly string[]
      readonly extracted: string
    }[]
    readonly exact_match_options: readonly {
      readonly predictions: readonly string[]
      readonly references: readonly string[]
      readonly options: {
        readonly regexes_to_ignore?: readonly string[]
        readonly ignore_case?: boolean
        readonly ignore_punctuation?: boolean
      }
      readonly exact_match: number
    }[]
  }>('lm-eval-harness')

  /** Before it compares, GSM8K removes commas, dollars, everything up to the answer mark, and a last full stop. */
  const clean = (text: unknown) => String(text).replace(/[,$]|[^]*#### |\.$/g, '')
  const first = (pattern: RegExp) => (output: unknown) => clean(pattern.exec(String(output))?.[1] ?? '[invalid]')
  const last = (pattern: RegExp) => (output: unknown) =>
    clean([...String(output).matchAll(pattern)].at(-1)?.[0] ?? '[invalid]')
  const strict = map(exactMatch(), { output: first(/#### (-?[0-9.,]+)/), expected: clean })
  const flexible = map(exactMatch(), { output: last(/-?[$0-9.,]{2,}|-?[0-9]+/g), expected: clean })

  test.for(golden.gsm8k_filters)(
    'GSM8K: $output against $target',
    async ({ output, target, em_strict, em_flexible }) => {
      expect(await valueOf(strict, output, target)).toBe(em_strict)
      expect(await valueOf(flexible, output, target)).toBe(em_flexible)
    },
  )

  test.for(golden.multiple_choice_regex)(
    'the choice in $output is $extracted',
    async ({ output, choices, extracted }) => {
      const letters = choices.map((_, index) => `(${String.fromCharCode(65 + index)})`)
      const choice = (given: unknown) => {
        const text = String(given)
        const named = choices.findIndex((words) => text.includes(words))
        return letters.find((letter) => text.includes(letter)) ?? letters[named] ?? '[invalid]'
      }
      expect(await valueOf(map(exactMatch(), { output: choice }), output, extracted)).toBe(1)
    },
  )

  test.for(golden.exact_match_options)('exact match with $options: $exact_match', async (row) => {
    const { regexes_to_ignore = [], ignore_case = false, ignore_punctuation = false } = row.options
    const prepare = (text: unknown) => {
      const kept = regexes_to_ignore.reduce((rest, source) => rest.replace(new RegExp(source, 'g'), ''), String(text))
      return ignore_punctuation ? kept.replace(/\p{P}/gu, '') : kept
    }
    const scorer = map(exactMatch({ ignoreCase: ignore_case }), { output: prepare, expected: prepare })
    const values = await Promise.all(row.predictions.map((text, index) => valueOf(scorer, text, row.references[index])))
    expect(values.reduce((sum: number, value) => sum + Number(value), 0) / values.length).toBe(row.exact_match)
  })
})
