import { expect, test } from 'vitest'
import { readBatchSize } from './batch-task.ts'

test('a batch has a size', () => {
  expect(readBatchSize({ size: 16 })).toBe(16)
})

test.for<[object, string, string]>([
  [{}, 'EVALS_OPTION_INVALID', 'The option "size" of a batch is undefined; it must be a whole number from 1:'],
  [{ size: 0 }, 'EVALS_OPTION_INVALID', 'is 0; it must be a whole number from 1:'],
  [{ size: 2.5 }, 'EVALS_OPTION_INVALID', 'is 2.5;'],
  [{ size: '4' }, 'EVALS_OPTION_INVALID', 'is 4;'],
  [{ size: Number.POSITIVE_INFINITY }, 'EVALS_OPTION_INVALID', 'is Infinity;'],
  [{ size: 4, wait: 5 }, 'EVALS_OPTION_UNKNOWN', 'Unknown option "wait" of a batch. The only one is size.'],
])('%o is an error', ([sizing, code, message]) => {
  expect(() => readBatchSize(sizing)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  )
})
