import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scorer } from '../../scoring/scorer.ts'
import { all } from '../combine/all.ts'
import { map } from '../combine/map.ts'
import { readGolden } from '../golden.test-support.ts'
import { valueOf } from '../judge.test-support.ts'
import { numericMatch, type NumberSource } from '../numbers/numeric-match.ts'
import { tokenF1 } from '../similarity/token-f1.ts'
import { endsWith } from '../text/ends-with.ts'
import { exactMatch } from '../text/exact-match.ts'
import { includes } from '../text/includes.ts'
import { oneOf } from '../text/one-of.ts'
import { startsWith } from '../text/starts-with.ts'
import { roundHalfEven } from './round-half-even.ts'

interface Row {
  readonly scorer: 'match' | 'includes' | 'answer' | 'pattern' | 'exact' | 'f1'
  readonly options: {
    readonly numeric?: boolean
    readonly location?: 'begin' | 'end' | 'any' | 'exact'
    readonly ignore_case?: boolean
    readonly pattern?: string
    readonly match_all?: boolean
    readonly stop_words?: readonly string[]
  }
  readonly output: string
  readonly target: readonly string[]
  readonly value: 'C' | 'I' | 'N' | number
}

const { tolerance, rows } = readGolden<{ readonly tolerance: number; readonly rows: readonly Row[] }>('inspect-scorers')

const sources = { begin: 'first', end: 'last', any: 'any', exact: 'whole' } as const
const text = { ignoreCase: true, trimPunctuation: true }
const places = {
  begin: startsWith(text),
  end: endsWith(text),
  any: includes({ ignoreCase: true, mode: 'any' }),
  exact: oneOf(text),
}

/** How one writes with our scorers what one wrote with Inspect's. */
function scorerOf({ scorer, options }: Row): Scorer {
  const { location = 'end', ignore_case: ignoreCase = true, pattern = '' } = options
  switch (scorer) {
    case 'match':
      return options.numeric === true ? numericMatch({ from: sources[location], compat: 'inspect' }) : places[location]
    case 'includes':
      return ignoreCase ? includes({ compat: 'inspect' }) : includes({ mode: 'any' })
    case 'exact':
      return exactMatch({ compat: 'inspect' })
    case 'f1':
      return tokenF1({ compat: 'inspect', stopWords: options.stop_words ?? [] })
    case 'answer':
      return map(oneOf(text), { output: lastGroup(answers[pattern as keyof typeof answers]) })
    case 'pattern': {
      const expression = new RegExp(pattern, ignoreCase ? 'i' : '')
      const group = (index: number) => map(oneOf({ ignoreCase }), { output: lastGroup(expression, index) })
      return options.match_all === true ? all([group(1), { ...group(2), name: 'second' }]) : group(1)
    }
  }
}

const answers = {
  letter: /ANSWER: *([A-Z])\b/gi,
  word: /ANSWER: *(\S+)/gi,
  line: /ANSWER: *([^\n]+)$/gi,
}

function lastGroup(expression: RegExp, index = 1): (output: unknown) => string | undefined {
  return (output) => {
    const global = new RegExp(expression, [...new Set(`${expression.flags}g`)].join(''))
    return [...String(output).matchAll(global)].at(-1)?.[index]
  }
}

async function value(row: Row, scorer: Scorer): Promise<number> {
  if (row.scorer === 'exact') {
    const each = await Promise.all(row.target.map((target) => valueOf(scorer, row.output, target)))
    return Math.max(...each.map(Number))
  }
  return Number(await valueOf(scorer, row.output, row.target))
}

test.for(rows)('$scorer $options: $output against $target is $value', async (row) => {
  const theirs = typeof row.value === 'number' ? row.value : Number(row.value === 'C')
  expect(Math.abs((await value(row, scorerOf(row))) - theirs)).toBeLessThanOrEqual(tolerance)
})

/** The right answer where Inspect's is known to be wrong, or to follow another definition. */
const corrected: Readonly<Record<string, number | string>> = {
  '28 + 32 = 60%|32': 0,
  '123456789|123456788': 0,
  'The answer is 1234567|1234568': 0,
  '0.123456|0.123459': 0,
  '1,000,001|1000002': 0,
  'Paris|Paris, Texas': 2 / 3,
  'cat cat cat|cat': 0.5,
  'the|a': 0,
  'abc|': 'EVALS_SCORER_FAILED',
}

describe('without compat', () => {
  const ours = rows.filter(({ scorer, options }) => {
    return (
      (scorer === 'match' && options.numeric === true) ||
      scorer === 'f1' ||
      (scorer === 'includes' && options.ignore_case !== false)
    )
  })

  test.for(ours)('$scorer $options: $output against $target', async (row) => {
    const { location = 'end', stop_words } = row.options
    const source: NumberSource = sources[location]
    const scorer = {
      match: numericMatch({ from: source }),
      f1: tokenF1({ stopWords: stop_words ?? [] }),
      includes: includes({ mode: 'any' }),
    }[row.scorer as 'match' | 'f1' | 'includes']
    const key = `${row.output}|${row.target.join()}`
    const isOther = Object.hasOwn(corrected, key) && row.options.stop_words === undefined
    const right = isOther ? corrected[key]! : typeof row.value === 'number' ? row.value : Number(row.value === 'C')
    if (typeof right === 'string') {
      await expect(async () => value(row, scorer)).rejects.toMatchObject({ code: right })
    } else expect(await value(row, scorer)).toBeCloseTo(right, 9)
  })

  test('every correction is of a row', () => {
    const keys = ours.map(({ output, target }) => `${output}|${target.join()}`)
    expect(Object.keys(corrected).filter((key) => !keys.includes(key))).toEqual([])
  })
})

test.for([
  [0.125, 0.12],
  [0.375, 0.38],
  [0.625, 0.62],
  [0.875, 0.88],
  [2 / 3, 0.67],
  [1, 1],
  [0, 0],
  [0.285, 0.28],
] as const)('%d rounds to %d', ([exact, rounded]) => {
  expect(roundHalfEven(exact)).toBe(rounded)
})

test('rounding is never off by more than half a hundredth', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (exact) => {
      expect(Math.abs(roundHalfEven(exact) - exact)).toBeLessThanOrEqual(0.005 + 1e-12)
    }),
  )
})
