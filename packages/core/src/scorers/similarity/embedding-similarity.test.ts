import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EvalsError } from '../../errors.ts'
import type { EmbeddingModel } from '../../model/embedding-model.ts'
import { isStopped } from '../../sample/is-stopped.ts'
import { judge } from '../judge.test-support.ts'
import { cosineOf, embeddingSimilarity } from './embedding-similarity.ts'

const vectors: Readonly<Record<string, readonly number[]>> = {
  x: [1, 0],
  y: [0.8, 0.6],
  z: [0, 1],
  v: [-1, 0],
  nowhere: [0, 0],
  longer: [1, 0, 0],
}

function modelOf(failure?: Error): EmbeddingModel & { readonly asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = []
  return {
    provider: 'fake',
    modelId: 'e',
    asked,
    async embed(texts) {
      asked.push(texts)
      if (failure !== undefined) throw failure
      return { vectors: texts.map((text) => vectors[text]!), usage: {}, model: 'fake:e-1' }
    },
  }
}

test('declares how its values are read', () => {
  expect(embeddingSimilarity({ model: modelOf() })).toMatchObject({
    name: 'embeddingSimilarity',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for([
  ['x', 'x', {}, 1, 1],
  ['x', 'y', {}, 0.8, 0.8],
  ['x', 'z', {}, 0, 0],
  ['x', 'v', {}, 0, -1],
  ['x', ['z', 'y'], {}, 0.8, 0.8],
  ['x', 'y', { floor: 0.5 }, 0.6, 0.8],
  ['x', 'v', { floor: -1 }, 0, -1],
  ['x', 'z', { floor: -1 }, 0.5, 0],
] as const)('%s and %j with %j: %d', async ([output, expected, options, value, cosine]) => {
  const score = await judge(embeddingSimilarity({ model: modelOf(), ...options }), output, expected)
  expect(score).toEqual({
    value: expect.closeTo(value, 12),
    metadata: { model: 'fake:e-1', cosine: expect.closeTo(cosine, 12) },
  })
})

test('empty texts are not asked about', async () => {
  const model = modelOf()
  const value = async (output: unknown, expected: unknown) =>
    (await judge(embeddingSimilarity({ model }), output, expected)).value
  expect([await value('', 'x'), await value(null, 'x'), await value('x', ''), await value(' ', ['x', ''])]).toEqual([
    0, 0, 0, 1,
  ])
  expect(model.asked).toEqual([])
})

test.for(['nowhere', 'longer'])('a vector without a direction in common is an error: %s', async (expected) => {
  await expect(judge(embeddingSimilarity({ model: modelOf() }), 'x', expected)).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('without direction'),
  })
})

test('the cause of a call that failed is kept', async () => {
  const model = modelOf(new EvalsError('EVALS_BUDGET_SPENT', 'spent'))
  const failure = await judge(embeddingSimilarity({ model }), 'x', 'y').catch((error: unknown) => error)
  expect(isStopped(failure)).toBe(true)
  expect(() => embeddingSimilarity({} as never)).toThrow(/a model of embeddings/)
  expect(() => embeddingSimilarity({ model, floor: 1 })).toThrow(/from -1 to below 1/)
})

test('the cosine is symmetric, within bounds, and blind to length', () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true }).filter((value) => Math.abs(value) > 1e-3)
  const vector = fc.array(number, { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(vector, vector, fc.double({ min: 0.01, max: 100, noNaN: true }), (a, b, factor) => {
      const cosine = cosineOf(a, b)
      expect(Math.abs(cosine)).toBeLessThanOrEqual(1 + 1e-12)
      expect(cosineOf(b, a)).toBeCloseTo(cosine, 12)
      expect(
        cosineOf(
          a.map((value) => value * factor),
          b,
        ),
      ).toBeCloseTo(cosine, 9)
      expect(cosineOf(a, a)).toBeCloseTo(1, 12)
    }),
  )
})
