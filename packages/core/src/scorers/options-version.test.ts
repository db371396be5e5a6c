import { expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import { scorerFingerprint } from '../scoring/scorer-fingerprint.ts'
import type { Scorer } from '../scoring/scorer.ts'
import * as scorers from '../scorers.ts'
import { builders, optionsOf } from './builders.test-support.ts'
import { scriptedModel } from './judge/scripted-model.test-support.ts'

const [one, two] = [scriptedModel([], 'other-1'), scriptedModel([], 'other-2')]
const embed = async () => ({ vectors: [], usage: {}, model: 'fake:e' })

const words =
  'autoevals inspect NFC NFKC all any first last ordered subset exact anyOrder partial ignore majority mean intl char ' +
  'floor add-k effective epsilon rouge1 rouge2 ascii unicode 1.1 2.0 linear exponential input output higher lower'

/** What is tried as the value of every option; for each some of it is accepted. */
const candidates: readonly unknown[] = [
  true,
  false,
  0.5,
  1,
  2,
  ...words.split(' '),
  () => [],
  () => ['other'],
  [/no/],
  [/no/i],
  ['a', 'c'],
  ['a', 'd'],
  [new Date(0)],
  [1, 5],
  [1, 10],
  { good: 1, bad: 0 },
  { good: 1, bad: -1 },
  { tool: { unit: 'C' } },
  { tool: { unit: 'F' } },
  { a: one, b: two },
  { a: two, b: two },
  one,
  two,
  ...['e-1', 'e-2'].map((modelId) => ({ provider: 'fake', modelId, embed })),
]

const options = Object.entries(builders).flatMap(([name, build]) =>
  optionsOf(build).map((option) => ({ name, option, build })),
)

test('every scorer is built', () => {
  expect(Object.keys(builders).toSorted()).toEqual(Object.keys(scorers).toSorted())
})

test.for(options)('$name: each value of $option is another fingerprint', ({ option, build }) => {
  const needed = option === 'scale' ? [{}, { value: (value: number) => value }] : [{}]
  const built = needed.flatMap((given) =>
    candidates.flatMap((value) => tryToBuild(() => build({ ...given, [option]: value }))),
  )
  expect(built.length).toBeGreaterThan(0)
  const fingerprints = new Set(built.map(scorerFingerprint))
  expect(fingerprints.size).toBe(built.length)
  // One of the values may be the default.
  expect(fingerprints.add(scorerFingerprint(build({}))).size).toBeGreaterThan(1)
})

function tryToBuild(build: () => Scorer): Scorer[] {
  try {
    return [build()]
  } catch (error) {
    if (EvalsError.isInstance(error) && error.code === 'EVALS_SCORER_OPTION_INVALID') return []
    throw error
  }
}

// The name of a judge is in its prompt.
test.for(Object.entries(builders).filter(([name]) => name !== 'judge'))('%s: its name does not count', ([, build]) => {
  expect(scorerFingerprint(build({ name: 'mine' }))).toBe(scorerFingerprint(build({})))
})

test('an option that is undefined does not count', () => {
  const fingerprints = [undefined, {}, { trim: undefined } as never].map((given) => scorers.exactMatch(given))
  expect(new Set(fingerprints.map(scorerFingerprint)).size).toBe(1)
})

test('scorers of different factories differ under one name', () => {
  const fingerprints = Object.values(builders).map((build) => scorerFingerprint(build({ name: 'same' })))
  expect(new Set(fingerprints).size).toBe(fingerprints.length)
})

test('a pattern counts with its flags', () => {
  const fingerprints = [scorers.matches(), scorers.matches(/a/), scorers.matches(/a/i), scorers.matches(/b/)]
  expect(new Set(fingerprints.map(scorerFingerprint)).size).toBe(4)
})

const combinations: Readonly<Record<string, (part: Scorer) => Scorer>> = {
  all: (part) => scorers.all([part, scorers.includes()]),
  any: (part) => scorers.any([part, scorers.includes()]),
  not: (part) => scorers.not(part),
  map: (part) => scorers.map(part, {}),
  weighted: (part) => scorers.weighted([[part, 1]]),
  panel: (part) => scorers.panel(() => part, { models: { a: one, b: two } }),
  nested: (part) => scorers.not(scorers.all([scorers.map(part, { output: String })])),
}

test.for(Object.entries(combinations))('%s: another part is another fingerprint', ([, combine]) => {
  const own = (score: Scorer['score']): Scorer => ({ name: 'own', kind: 'binary', score })
  const parts = [
    scorers.exactMatch(),
    scorers.exactMatch({ trim: true }),
    scorers.judge({ model: one, rubric: 'x' }),
    scorers.judge({ model: two, rubric: 'x' }),
    own(() => 1),
    own(() => 0),
  ]
  const fingerprints = parts.map((part) => scorerFingerprint(combine(part)))
  expect(new Set(fingerprints).size).toBe(parts.length)
  expect(scorerFingerprint(combine(scorers.exactMatch({ name: 'renamed' })))).toBe(fingerprints[0])
})

test('the weight of a part is another fingerprint', () => {
  const weighed = (weight: number) => scorerFingerprint(scorers.weighted([[scorers.exactMatch(), weight]]))
  expect(weighed(1)).not.toBe(weighed(2))
})

test('a model that plays a role counts by the name it has now, also inside combinations', () => {
  let modelId = 'first'
  const role = {
    ...scriptedModel([]),
    get modelId() {
      return modelId
    },
  }
  const judged = scorers.coherence({ model: role })
  const combined = scorers.map(scorers.all([judged]), { output: String })
  const before = [judged, combined].map(scorerFingerprint)
  modelId = 'second'
  const after = [judged, combined].map(scorerFingerprint)
  expect(new Set([...before, ...after]).size).toBe(4)
})
