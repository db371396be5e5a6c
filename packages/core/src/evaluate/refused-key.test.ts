import { afterEach, expect, test } from 'vitest'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse } from '../model/language-model.ts'
import { currentAttemptReport } from '../request/attempt-report.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { evaluate } from './evaluate.ts'

afterEach(() => useRequestEngine({}))

test('a key that was refused in one evaluation may be valid in the next, and outside of any', async () => {
  useRequestEngine({})
  let isValid = false
  const model = defineModel({
    provider: 'fake',
    modelId: 'm',
    cacheable: false,
    async generate() {
      Object.assign(currentAttemptReport()!, { sent: true, status: isValid ? 200 : 401 })
      if (!isValid) throw new TypeError('invalid key')
      return createModelResponse({ text: '4', model: 'fake:m' })
    },
  })
  const run = async () => {
    const { records } = await evaluate({
      name: 'sums',
      data: ['a', 'b', 'c'],
      concurrency: 1,
      task: async () => (await model.generate('?')).text,
    })
    const ended = await Array.fromAsync(records())
    return ended.map(({ outcome, error }) => error?.code ?? outcome)
  }
  expect(await run()).toEqual(['EVALS_MODEL_KEY_INVALID', 'EVALS_MODEL_KEY_REFUSED', 'EVALS_MODEL_KEY_REFUSED'])
  isValid = true
  expect(await run()).toEqual(['scored', 'scored', 'scored'])
  expect(await model.generate('?')).toMatchObject({ text: '4' })
})
