import { passAt, max } from '@evals/core/reducers'
import { expect, test } from 'vitest'
import { checkReducers, requireEpochs } from './check-reducers.ts'

const invalid = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringMatching(message) })

test('one, several or no reducer', () => {
  for (const reducer of [max, [max, passAt(2)], []]) expect(() => checkReducers({ reducer })).not.toThrow()
  expect(() => checkReducers({})).not.toThrow()
})

test.each(['max', ['max'], { name: 'max' }, null])('%j is none', (reducer) => {
  expect(() => checkReducers({ reducer: reducer as never })).toThrow(invalid(/must be reducers such as passAt\(5\)/))
})

test('no two with one name, and none with that of a metric', () => {
  expect(() => checkReducers({ reducer: [max, max] })).toThrow(invalid(/named "max"/))
  const scorer = { name: 's', score: () => 1, metrics: [{ name: 'max', compute: () => 1 }] }
  expect(() => checkReducers({ reducer: max, scorers: [scorer] })).toThrow(invalid(/named "max"/))
})

test('a reducer that could never have a result is an error', () => {
  expect(() => requireEpochs([max, passAt(3)], 2)).toThrow(invalid(/passAt3 of an eval has no result of 2 epochs/))
  expect(() => requireEpochs(passAt(3), 3)).not.toThrow()
  expect(() => requireEpochs(undefined, 1)).not.toThrow()
})
