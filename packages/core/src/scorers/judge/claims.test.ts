import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScorerInput } from '../../scoring/scorer.ts'
import { judgeSample } from '../judge.test-support.ts'
import { answerRelevance } from './answer-relevance.ts'
import { readChecks } from './check-items.ts'
import { contextPrecision } from './context-precision.ts'
import { contextRecall } from './context-recall.ts'
import { faithfulness } from './faithfulness.ts'
import { scriptedModel, type ScriptedAnswer } from './scripted-model.test-support.ts'

const statements = (...texts: string[]): ScriptedAnswer => ({ object: { statements: texts } })
const checks = (...verdicts: boolean[]): ScriptedAnswer => ({
  object: {
    verdicts: verdicts.map((holds, index) => ({ number: index + 1, explanation: 'so', verdict: holds ? 'yes' : 'no' })),
  },
})

const sample: Partial<ScorerInput> = {
  input: 'Where and when?',
  output: 'In Rome, in May.',
  expected: 'In Rome, in June.',
  metadata: { context: ['They met in Rome.', { text: 'It rained.' }] },
}

test('faithfulness is supported statements ÷ statements, which are in the metadata', async () => {
  const model = scriptedModel([statements('It was in Rome.', 'It was in May.', ' '), checks(true, false)])
  const scorer = faithfulness({ model })
  expect(scorer).toMatchObject({ name: 'faithfulness', kind: 'graded', range: [0, 1], direction: 'higher' })
  expect(await judgeSample(scorer, sample)).toEqual({
    value: 0.5,
    explanation: '1 of 2 statements',
    metadata: {
      judge: 'scripted:judge-1',
      prompt: 'claims + supportedClaims',
      promptVersion: '1 + 1',
      statements: [
        { text: 'It was in Rome.', holds: true, explanation: 'so' },
        { text: 'It was in May.', holds: false, explanation: 'so' },
      ],
    },
  })
  expect(model.calls[0]!.user).toContain('In Rome, in May.')
  for (const part of ['context 1>\nThey met in Rome.', 'context 2>\nIt rained.', 'statement 2>\nIt was in May.']) {
    expect(model.calls[1]!.user).toContain(part)
  }
})

test('contextRecall takes expected apart, answerRelevance the output', async () => {
  const model = scriptedModel([statements('a', 'b', 'c'), checks(true, false, true)])
  expect(await judgeSample(contextRecall({ model }), sample)).toMatchObject({ value: 2 / 3 })
  expect(model.calls[0]!.user).toContain('text>\nIn Rome, in June.')
  expect(model.calls[1]!.user).toContain('They met in Rome.')
  const other = scriptedModel([statements('a'), checks(true)])
  expect(await judgeSample(answerRelevance({ model: other }), sample)).toMatchObject({
    value: 1,
    metadata: { prompt: 'claims + relevantStatements' },
  })
  expect(other.calls[0]!.user).toContain('text>\nIn Rome, in May.')
  await expect(judgeSample(contextRecall({ model }), { ...sample, expected: undefined })).rejects.toMatchObject({
    code: 'EVALS_EXPECTED_MISSING',
  })
})

test.for([
  [[true], 1],
  [[false], 0],
  [[true, false], 1],
  [[false, true], 1 / 2],
  [[true, false, true], (1 + 2 / 3) / 2],
  [[false, false, true], 1 / 3],
] as const)('contextPrecision of %j is %d', async ([useful, value]) => {
  const model = scriptedModel([checks(...useful)])
  const score = await judgeSample(contextPrecision({ model, context: () => useful.map(String) }), sample)
  expect(score.value).toBeCloseTo(value, 12)
})

test('contextPrecision goes by the right answer, without one by the output', async () => {
  const model = scriptedModel([checks(true, true), checks(true, true)])
  await judgeSample(contextPrecision({ model }), sample)
  await judgeSample(contextPrecision({ model }), { ...sample, expected: undefined })
  expect(model.calls[0]!.user).toContain('answer>\nIn Rome, in June.')
  expect(model.calls[1]!.user).toContain('answer>\nIn Rome, in May.')
})

describe('what cannot be counted is not scored', () => {
  test('a text without statements, and nothing retrieved', async () => {
    expect(await judgeSample(faithfulness({ model: scriptedModel([statements()]) }), sample)).toMatchObject({
      value: null,
      explanation: 'not scored: the text makes no statement',
      metadata: { judge: 'scripted:judge-1' },
    })
    const precision = contextPrecision({ model: scriptedModel([]), context: () => [] })
    expect(await judgeSample(precision, sample)).toMatchObject({ value: null })
  })

  test('a list that is none', async () => {
    const score = await judgeSample(faithfulness({ model: scriptedModel(['There are two claims.']) }), sample)
    expect(score).toMatchObject({ value: null, metadata: { problem: 'the answer has no list of statements' } })
  })

  test.for([
    ['prose', 'Both are supported.', 'the answer has no list of verdicts'],
    ['one left out', checks(true), 'the answer has verdicts on 1 of 2'],
    ['one too many', checks(true, true, true), 'the answer has a verdict on number 3, and there are 2'],
    [
      'one twice',
      {
        object: {
          verdicts: [
            { number: 1, verdict: 'yes' },
            { number: 1, verdict: 'no' },
          ],
        },
      },
      'the answer has two verdicts on number 1',
    ],
    [
      'another word',
      { object: { verdicts: [{ number: 1, verdict: 'perhaps' }] } },
      'the verdict on number 1 is neither yes nor no',
    ],
  ] as const)('verdicts: %s', async ([, answer, problem]) => {
    const model = scriptedModel([statements('a', 'b'), answer])
    expect(await judgeSample(faithfulness({ model }), sample)).toMatchObject({
      value: null,
      explanation: `not scored: ${problem}`,
      metadata: { prompt: 'claims + supportedClaims', problem },
    })
  })
})

test('where the context is', async () => {
  const ask = async (parts: Partial<ScorerInput>, context?: () => unknown) => {
    const model = scriptedModel([statements('a'), checks(true)])
    await judgeSample(faithfulness({ model, ...(context && { context }) }), parts)
    return model.calls[1]!.user
  }
  expect(await ask({ output: 'x', input: { context: 'from the row' } })).toContain('context 1>\nfrom the row')
  expect(await ask(sample, () => 'from the option')).toContain('context 1>\nfrom the option')
  await expect(ask({ output: 'x' })).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('setMetadata({ context })'),
  })
})

test('verdicts are read in any order, and none is made up', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1 }), fc.infiniteStream(fc.nat()), (holds, random) => {
      const verdicts = holds
        .map((one, index) => ({ number: index + 1, verdict: one ? 'yes' : 'no', order: random.next().value! }))
        .toSorted((a, b) => a.order - b.order)
      const reading = readChecks({ text: JSON.stringify({ verdicts }) }, holds.length)
      expect(reading).toEqual({ answer: holds.map((one) => ({ holds: one, explanation: '' })) })
      const cut = readChecks({ text: '', object: { verdicts: verdicts.slice(1) } }, holds.length)
      expect(cut).toHaveProperty('problem')
    }),
  )
})
