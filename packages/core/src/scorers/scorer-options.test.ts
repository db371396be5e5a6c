import { expect, test } from 'vitest'
import * as scorers from '../scorers.ts'

const factories = Object.entries(scorers).map(([name, factory]) => {
  const build = factory as (options: object) => { name: string }
  return { name, build: name === 'matches' ? (options: object) => scorers.matches(/x/, options) : build }
})

test.for(factories)('$name has its own name, or the given one', ({ name, build }) => {
  expect(build({}).name).toBe(name)
  expect(build({ name: 'mine' }).name).toBe('mine')
})

test.for(factories)('$name refuses an unknown option and lists the known ones', ({ name, build }) => {
  expect(() => build({ ignorecase: true })).toThrow(
    expect.objectContaining({
      code: 'EVALS_SCORER_OPTION_INVALID',
      message: expect.stringMatching(new RegExp(`^${name}\\(\\): there is no option "ignorecase"; known: .*name$`)),
      details: expect.objectContaining({ scorer: name, option: 'ignorecase' }),
    }),
  )
})

test.for(factories)('$name refuses a wrong value, and options that are no object', ({ build }) => {
  expect(() => build({ name: '' })).toThrow(`option "name" must be a non-empty string, but is ''`)
  expect(() => build('mine' as never)).toThrow("the options must be an object, but are 'mine'")
  expect(() => build(null as never)).toThrow('the options must be an object, but are null')
})

test('an option that is undefined is absent', () => {
  expect(scorers.exactMatch({ trim: undefined, name: undefined } as never).name).toBe('exactMatch')
})

test('a wrong value is told with what is accepted', () => {
  expect(() => scorers.exactMatch({ trim: 'yes' as never })).toThrow(
    `exactMatch(): option "trim" must be true or false, but is 'yes'`,
  )
  expect(() => scorers.includes({ mode: 'some' as never })).toThrow(
    `option "mode" must be "all" or "any", but is 'some'`,
  )
})
