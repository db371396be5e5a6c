import { inspect } from 'node:util'
import { EvalsError } from '@evals/core'
import { expect, test } from 'vitest'
import { plainly } from './plainly.ts'

const fail = (): never => {
  throw new EvalsError('EVALS_OPTION_INVALID', 'What.\nWhat to do.', { details: { value: 1 }, cause: new Error('why') })
}

test.for([() => plainly(fail), () => plainly(async () => fail())])(
  'a mistake is printed as two lines',
  async (work) => {
    const error: unknown = await (async () => work())().catch((thrown: unknown) => thrown)
    expect(inspect(error)).toBe('EVALS_OPTION_INVALID: What.\nWhat to do.')
    expect(error).toBeInstanceOf(EvalsError)
    expect(error).toMatchObject({ name: 'EVALS_OPTION_INVALID', code: 'EVALS_OPTION_INVALID', details: { value: 1 } })
    expect(Object.getOwnPropertyNames(error).toSorted()).toEqual(['message', 'name', 'stack'])
  },
)

test('what is no mistake of the user keeps its stack, and what is returned stays', async () => {
  const bug = new TypeError('bug')
  const { stack } = bug
  const throwBug = (): never => {
    throw bug
  }
  expect(() => plainly(throwBug)).toThrow(bug)
  expect(bug.stack).toBe(stack)
  expect(plainly(() => 1)).toBe(1)
  expect(await plainly(async () => 2)).toBe(2)
})
