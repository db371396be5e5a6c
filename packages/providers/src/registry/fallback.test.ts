import {
  createModelResponse,
  defineModel,
  EvalsError,
  useModelRoles,
  useRequestEngine,
  type LanguageModel,
  type ModelCallOptions,
} from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { mock } from '../mock.ts'
import { recordOf } from '../vendor/record-of.test-support.ts'
import { fallback } from './fallback.ts'
import { model } from './model.ts'

beforeEach(() => useRequestEngine({ limiter: unlimited }))

function failing(modelId: string, failure: unknown): LanguageModel {
  return defineModel({ provider: 'mock', modelId, generate: () => Promise.reject(failure) })
}

/** A model that streams pieces and then fails, if it is to. */
function streaming(modelId: string, pieces: readonly string[], failure?: Error): LanguageModel {
  return defineModel({
    provider: 'mock',
    modelId,
    async generate(_prompt, { onText }: ModelCallOptions) {
      for (const piece of pieces) {
        onText?.(piece)
        await new Promise(setImmediate)
      }
      if (failure !== undefined) throw failure
      return createModelResponse({ text: pieces.join(''), model: `mock:${modelId}` })
    },
  })
}

async function textsOf(answering: LanguageModel): Promise<string[]> {
  const chunks = await Array.fromAsync(answering.stream('q'))
  return chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : chunk.type))
}

test('is named after its models', () => {
  expect(fallback(mock([]), mock([], { modelId: 'b' }))).toMatchObject({
    provider: 'fallback',
    modelId: 'mock:mock,mock:b',
  })
  const withRole = fallback(model('judge', 'mock:one'), mock([]))
  useModelRoles({ judge: 'mock:two' })
  expect(withRole.modelId).toBe('mock:two,mock:mock')
  useModelRoles({})
})

test('the first that answers does; who failed before is recorded with the error', async () => {
  const last = mock([])
  const models = fallback(failing('a', new TypeError('down')), mock(['yes'], { modelId: 'b' }), last)
  const record = await recordOf(() => models.generate('q', { seed: 1 }))
  expect(record).toMatchObject({
    outcome: 'scored',
    output: 'yes',
    model: 'mock:b',
    calls: [{ model: 'mock:a', error: { name: 'TypeError', message: 'down' } }, { model: 'mock:b' }],
  })
  expect(record.calls).toHaveLength(2)
  expect(last.calls).toEqual([])
})

test('the error of the last has those before it', async () => {
  const errors = ['one', 'two', 'three'].map((message) => new Error(message))
  const models = fallback(failing('a', errors[0]), failing('b', errors[1]), failing('c', errors[2]))
  await expect(models.generate('q')).rejects.toBe(errors[2])
  expect(errors[2]).toMatchObject({ attempts: [{ message: 'one' }, { message: 'two' }] })
  await expect(fallback(failing('a', 'text')).generate('q')).rejects.toBe('text')
})

describe('no other model is asked', () => {
  test.each(['EVALS_BUDGET_SPENT', 'EVALS_SAMPLE_LIMIT', 'EVALS_SAMPLE_TIMEOUT'] as const)('after %s', async (code) => {
    const error = new EvalsError(code, 'stop')
    const other = mock(['never'])
    await expect(fallback(failing('a', error), other).generate('q')).rejects.toBe(error)
    await expect(textsOf(fallback(failing('a', error), other))).rejects.toBe(error)
    expect(other.calls).toEqual([])
  })

  test('after an abort', async () => {
    const controller = new AbortController()
    const other = mock(['never'])
    const first = mock(() => {
      controller.abort(new Error('enough'))
      return new Error('broken')
    })
    await expect(fallback(first, other).generate('q', { signal: controller.signal })).rejects.toThrow(/enough|broken/)
    expect(other.calls).toEqual([])
  })
})

describe('streams', () => {
  test('begin again with the next model, and say so if there was text', async () => {
    const models = fallback(
      failing('a', new Error('down')),
      streaming('b', ['ha', 'lf'], new Error('cut')),
      streaming('c', ['who', 'le']),
    )
    expect(await textsOf(models)).toEqual(['ha', 'lf', 'restart', 'who', 'le', 'response'])
    const record = await recordOf(() => textsOf(models))
    expect(record.calls.map((call) => [call.model, call.error?.message])).toEqual([
      ['mock:a', 'down'],
      ['mock:b', 'cut'],
      ['mock:c', undefined],
    ])
  })

  test('end with the error of the last', async () => {
    const error = new Error('cut')
    await expect(textsOf(fallback(failing('a', new Error('down')), streaming('b', ['x'], error)))).rejects.toBe(error)
    expect(error).toMatchObject({ attempts: [{ message: 'down' }] })
  })
})
