import { expect, test } from 'vitest'
import * as scorers from '../scorers.ts'
import { scriptedModel } from './judge/scripted-model.test-support.ts'

type Build = (options: object) => { name: string }

/** Factories whose options are not their first parameter, or have one that is required. */
const special: Readonly<Record<string, Build>> = {
  matches: (options) => scorers.matches(/x/, options),
  classification: (options) => scorers.classification(withRequired(options, { labels: ['a', 'b'] })),
  panel: (options) => panelOf(options),
  all: (options) => scorers.all([scorers.exactMatch()], options),
  any: (options) => scorers.any([scorers.exactMatch()], options),
  not: (options) => scorers.not(scorers.exactMatch(), options),
  weighted: (options) => scorers.weighted([[scorers.exactMatch(), 1]], options),
}

const model = scriptedModel([])
const embeddings = { provider: 'fake', modelId: 'e', embed: async () => ({ vectors: [], usage: {}, model: 'fake:e' }) }

/** What those need that ask a model. */
const required: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    ['answerRelevance', 'coherence', 'contextPrecision', 'contextRecall', 'factuality', 'faithfulness'].map((name) => [
      name,
      { model },
    ]),
  ),
  closedQa: { model, criterion: 'x' },
  embeddingSimilarity: { model: embeddings },
  judge: { model, rubric: 'x' },
  moderation: { model },
  pairwise: { model },
  relevance: { model },
}

function withRequired<Needed extends object>(options: object, needed: Needed): Needed {
  const isObject = typeof options === 'object' && options !== null
  return isObject ? { ...needed, ...options } : options
}

function panelOf(options: object): { name: string } {
  const models = { a: model, b: model }
  return scorers.panel((one) => scorers.coherence({ model: one }), withRequired(options, { models }))
}

// The scorer that map() makes has the name of the one it is given.
const factories = Object.entries(scorers)
  .filter(([name]) => name !== 'map')
  .map(([name, factory]) => ({ name, build: special[name] ?? withNeeded(name, factory as Build) }))

function withNeeded(name: string, factory: Build): Build {
  const needed = required[name]
  return needed === undefined ? factory : (options) => factory(withRequired(options, needed))
}

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
