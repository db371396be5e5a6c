import { expect, test } from 'vitest'
import * as scorers from '../scorers.ts'

type Build = (options: object) => { name: string }

/** Factories whose options are not their first parameter, or have one that is required. */
const special: Readonly<Record<string, Build>> = {
  matches: (options) => scorers.matches(/x/, options),
  classification: (options) => scorers.classification(withLabels(options)),
  all: (options) => scorers.all([scorers.exactMatch()], options),
  any: (options) => scorers.any([scorers.exactMatch()], options),
  not: (options) => scorers.not(scorers.exactMatch(), options),
  weighted: (options) => scorers.weighted([[scorers.exactMatch(), 1]], options),
}

function withLabels(options: object): scorers.ClassificationOptions {
  const isObject = typeof options === 'object' && options !== null
  return isObject ? { labels: ['a', 'b'], ...options } : options
}

// The scorer that map() makes has the name of the one it is given.
const factories = Object.entries(scorers)
  .filter(([name]) => name !== 'map')
  .map(([name, factory]) => ({ name, build: special[name] ?? (factory as Build) }))

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
