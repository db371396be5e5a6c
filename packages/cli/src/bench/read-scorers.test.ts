import { expect, test } from 'vitest'
import { readScorers } from './read-scorers.ts'

test('scorers are made by their names and options', () => {
  const found = readScorers(
    'exactMatch, levenshtein(ignoreCase=true, name=loose),matches(pattern=^P),tokenF1({"name":"f1, or so"}),includes()',
  )
  expect(found.map(({ name }) => name)).toEqual(['exactMatch', 'loose', 'matches', 'f1, or so', 'includes'])
})

test('a judge takes its model by name', () => {
  expect(readScorers('factuality(model=openai:gpt-5)')).toMatchObject([{ name: 'factuality' }])
  expect(() => readScorers('factuality')).toThrow(expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID' }))
})

test('other options are another version, since only the closure of a scorer knows them', () => {
  const versions = ['exactMatch', 'exactMatch(ignoreCase=true)', 'exactMatch'].map(
    (text) => readScorers(text)[0]?.version,
  )
  expect(versions[0]).toBe(versions[2])
  expect(versions[0]).not.toBe(versions[1])
})

test.each([
  [
    'exctMatch',
    'EVALS_USAGE_INVALID',
    /^There is no scorer "exctMatch"\. Did you mean "exactMatch"\?\nKnown are .*averagePrecision, /,
  ],
  ['all', 'EVALS_USAGE_INVALID', /^There is no scorer "all"/],
  ['exactMatch;tokenF1', 'EVALS_USAGE_INVALID', /"exactMatch;tokenF1" is not/],
  ['exactMatch(ignoreCase)', 'EVALS_USAGE_INVALID', /"ignoreCase" is not/],
  ['exactMatch({"a":})', 'EVALS_USAGE_INVALID', /no JSON/],
  ['', 'EVALS_USAGE_INVALID', /^No scorer is named/],
  ['exactMatch(loose=true)', 'EVALS_SCORER_OPTION_INVALID', /loose/],
])('%j is refused', (text, code, message) => {
  expect(() => readScorers(text)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
})
