import { describe, expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import { rangeOf } from '../scoring/read-scorer-result.ts'
import type { Scorer } from '../scoring/scorer.ts'
import * as scorers from '../scorers.ts'
import { scriptedModel, verdict } from './judge/scripted-model.test-support.ts'
import { judge, valueOf } from './judge.test-support.ts'

/** Scorers that compare texts, with the value of a text compared with itself. */
const comparing: readonly (readonly [Scorer, number])[] = [
  [scorers.exactMatch({ ignoreCase: true, normalize: 'NFC' }), 1],
  [scorers.oneOf({ trimPunctuation: true }), 1],
  [scorers.startsWith(), 1],
  [scorers.endsWith({ ignoreCase: true }), 1],
  [scorers.includes({ ignoreCase: true }), 1],
  [scorers.levenshtein(), 1],
  [scorers.tokenF1(), 1],
  [scorers.squad(), 1],
  [scorers.bleu(), 100],
  [scorers.chrf({ wordOrder: 2 }), 100],
  [scorers.ter(), 0],
  [scorers.rouge({ type: 'rouge1', words: 'unicode' }), 1],
  [scorers.rouge({ type: 'rougeL', words: 'unicode', name: 'rougeL' }), 1],
  [scorers.rouge({ type: 'rougeLsum', words: 'unicode', name: 'rougeLsum' }), 1],
  [scorers.wordErrorRate(), 0],
  [scorers.characterErrorRate(), 0],
  [scorers.jsonDiff(), 1],
]

/** Scorers that look at the output alone, or for something in it. */
const others: readonly Scorer[] = [
  scorers.numericMatch({ from: 'any' }),
  scorers.numericDiff(),
  scorers.jsonMatch({ stripFences: true }),
  scorers.validJson({ stripFences: true }),
  scorers.isRefusal({ patterns: [/^x/] }),
  scorers.matches(/^a+$/),
  scorers.toolCalls(),
  scorers.trajectory(),
  scorers.precisionAtK(),
  scorers.classification({ labels: ['a', 'b'] }),
  scorers.judge({ model: scriptedModel(() => verdict('pass')), rubric: 'x' }),
  scorers.pairwise({ model: scriptedModel(() => 'What do you mean?') }),
  scorers.answerRelevance({ model: scriptedModel(() => ({ object: { statements: [] } })) }),
]

const odd = {
  'a lone surrogate': 'a \uD800 b c d e',
  'a surrogate pair torn apart': '\uDE00\uD83D x y z w',
  'combining characters': 'Z\u0351\u036B\u0343a\u0321 l\u0334g o b c d',
  'right-to-left text': 'שלום עולם طيب \u202Eabc\u202C מה נשמע',
  'an emoji of several code points': '👩‍👩‍👧‍👦 a b c d e',
  'a null character': 'a\u0000b c d e f',
}

describe.for(Object.entries(odd))('%s', ([, text]) => {
  test.for(comparing.map(([scorer, best]) => ({ name: scorer.name, scorer, best })))(
    '$name takes it for what it is',
    async ({ scorer, best }) => {
      expect(await valueOf(scorer, text, text)).toBeCloseTo(best, 9)
      const other = Number(await valueOf(scorer, `${text} !`, 'something else'))
      expect(scorer.direction === 'lower' ? other > best : other < best).toBe(true)
    },
  )
})

test.for(comparing.map(([scorer]) => ({ name: scorer.name, scorer })))(
  '$name: an empty text is a wrong answer, not a failure',
  async ({ scorer }) => {
    const worse = Number(await valueOf(scorer, '', 'some text here'))
    expect([0, 1, 100].includes(worse)).toBe(true)
    expect(await valueOf(scorer, null, 'some text here')).toBe(worse)
  },
)

const megabyte = 'The quick brown fox, 42 times; jumps over the lazy dog. '.repeat(18_000)
const noise = Array.from({ length: 1_000_000 }, (_, index) =>
  String.fromCharCode(97 + ((index * index * 7919) % 26)),
).join('')
const punctuation = `a${'.'.repeat(500_000)}${' '.repeat(500_000)}b`

test.for([...comparing.map(([scorer]) => scorer), ...others].map((scorer) => ({ name: scorer.name, scorer })))(
  '$name judges a megabyte, or says that it is too long, without blocking for long',
  { timeout: 30_000 },
  async ({ scorer }) => {
    const pairs = [
      [megabyte, 'a short text'],
      [megabyte, noise],
      [punctuation, 'a short text'],
    ]
    for (const [output, expected] of pairs) {
      const start = performance.now()
      await expectJudged(scorer, output, expected)
      expect(performance.now() - start).toBeLessThan(8000)
    }
  },
)

async function expectJudged(scorer: Scorer, output: unknown, expected: unknown): Promise<void> {
  try {
    const { value } = await judge(scorer, output, expected)
    const [least, greatest] = rangeOf(scorer)
    if (value === null) return
    expect(Number(value)).toBeGreaterThanOrEqual(least)
    expect(Number(value)).toBeLessThanOrEqual(greatest)
  } catch (error) {
    expect(EvalsError.isInstance(error) && error.code).toBe('EVALS_SCORER_FAILED')
  }
}

test.for([...comparing.map(([scorer]) => scorer), ...others].map((scorer) => ({ name: scorer.name, scorer })))(
  '$name: NaN, infinities and odd objects give a score or an error with a code',
  async ({ scorer }) => {
    for (const output of [Number.NaN, Number.POSITIVE_INFINITY, {}, [], [null], new Map(), () => 1]) {
      await expectJudged(scorer, output, 'a')
    }
  },
)

test('a megabyte equal to another is no work', async () => {
  expect(await valueOf(scorers.levenshtein(), noise, noise)).toBe(1)
  expect(await valueOf(scorers.characterErrorRate(), `${noise}x`, noise)).toBeCloseTo(1e-6, 12)
  await expect(async () => judge(scorers.levenshtein(), noise, megabyte)).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('pairs to look at, at most 4,000,000,000'),
  })
})
