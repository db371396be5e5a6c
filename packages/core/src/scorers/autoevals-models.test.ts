import { afterEach, expect, test } from 'vitest'
import type { EmbeddingModel } from '../model/embedding-model.ts'
import { runScorers } from '../scoring/run-scorers.ts'
import { toScorers } from '../scoring/to-scorers.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import * as autoevals from './autoevals.ts'
import { readGolden } from './golden.test-support.ts'
import { scriptedModel } from './judge/scripted-model.test-support.ts'

interface Row {
  readonly scorer: string
  readonly args: { readonly output: string }
  readonly replies: readonly object[]
  readonly emb?: Readonly<Record<string, readonly number[]>>
  readonly mod?: { readonly flagged: boolean; readonly category_scores: Readonly<Record<string, number>> }
  /** `null`: NaN, which we do not score. */
  readonly score?: number | null
  readonly error?: string
}

const golden = readGolden<{
  readonly tolerance: number
  readonly choice_scores: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly rows: readonly Row[]
}>('autoevals-llm-mocked')

type Call = (args: object) => Promise<autoevals.Score>
const scorers = new Map(Object.entries(autoevals))
const scorerOf = (name: string): Call => scorers.get(name) as Call

function embeddings(known: Readonly<Record<string, readonly number[]>> = {}): EmbeddingModel {
  return {
    provider: 'fake',
    modelId: 'e',
    embed: async (texts) => ({ vectors: texts.map((text) => known[text]!), usage: {}, model: 'fake:e' }),
  }
}

afterEach(() => autoevals.init({}))

test.for(golden.rows)('$scorer of $args and $replies', async ({ scorer, args, replies, emb, mod, score, error }) => {
  autoevals.init({
    model: scriptedModel(replies.map((object) => ({ object }))),
    embeddingModel: embeddings(emb),
    ...(mod && { moderate: async () => mod }),
  })
  if (error !== undefined) {
    await expect(scorerOf(scorer)(args)).rejects.toMatchObject({
      code: 'EVALS_SCORER_FAILED',
      message: expect.stringContaining(error),
    })
    return
  }
  const result = await scorerOf(scorer)(args)
  expect(result.name).toBe(scorer)
  if (score === null) expect(result.score).toBeNull()
  else expect(Math.abs(result.score! - score!)).toBeLessThanOrEqual(golden.tolerance)
})

const choices = Object.entries(golden.choice_scores).flatMap(([scorer, scores]) =>
  Object.entries(scores).map(([choice, score]) => ({ scorer, choice, score })),
)

test.for(choices)('$scorer: $choice is $score', async ({ scorer, choice, score }) => {
  const model = scriptedModel([{ object: { reasons: 'r', choice } }])
  const result = await scorerOf(scorer)({ output: 'o', input: 'i', expected: 'e', criteria: 'c', model })
  expect(result).toEqual({ name: scorer, score, metadata: { choice, rationale: 'r' } })
})

test('ContextEntityRecall: each expected entity with the nearest of the context', async () => {
  const model = scriptedModel([{ object: { entities: ['Ann', 'Rome'] } }, { object: { entities: ['Roma', 'May'] } }])
  const embeddingModel = embeddings({ Ann: [1, 0, 0], Rome: [0, 1, 0], Roma: [0, 1, 0], May: [0, 0, 1] })
  const result = await autoevals.ContextEntityRecall({ output: '', expected: 'e', context: 'c', model, embeddingModel })
  expect(result.score).toBeCloseTo(0.5, 12)
})

test('AnswerRelevancy and AnswerCorrectness by embeddings', async () => {
  const emb = embeddings({ q: [1, 0], near: [0.97, Math.sqrt(1 - 0.97 ** 2)], a: [1, 0], b: [0.8, 0.6] })
  const question = { object: { question: 'near', noncommittal: 0 } }
  const relevancy = { input: 'q', output: 'o', strictness: 2, embeddingModel: emb }
  const relevant = await autoevals.AnswerRelevancy({ ...relevancy, model: scriptedModel([question, question]) })
  expect(relevant.score).toBeCloseTo(0.9, 12)
  const model = scriptedModel([{ object: { TP: ['a', 'b'], FP: ['c'], FN: ['d', 'e'] } }])
  const correct = await autoevals.AnswerCorrectness({
    input: 'q',
    output: 'a',
    expected: 'b',
    model,
    embeddingModel: emb,
  })
  expect(correct.score).toBeCloseTo(0.75 * (4 / 7) + 0.25 * 0.8, 12)
})

test('without a model it says where to name one', async () => {
  await expect(autoevals.Humor({ output: 'x' })).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('call init({ model }) first'),
  })
})

test('prose is an error, and they are scorers of an eval', async () => {
  const model = scriptedModel(['I like it.', { object: { reasons: 'r', choice: 'Yes' } }])
  await expect(autoevals.Humor({ output: 'x', model })).rejects.toThrow('cannot be read: it is no object')
  autoevals.init({ model })
  const input = { input: 'q', output: 'o', expected: 'e', metadata: {}, tags: [], calls: [], trace: [], usage: {} }
  const { scores } = await runScorers(
    toScorers([autoevals.Humor]),
    { ...input, costUsd: null, durationMs: 1, epoch: 0, variant: {}, signal: new AbortController().signal },
    { timeoutMs: 1000, clock: new ManualClock() },
  )
  expect(scores).toMatchObject({ Humor: { value: 1 } })
})
