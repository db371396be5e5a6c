import { expect, test } from 'vitest'
import { CallOrdinals } from './call-ordinals.ts'

test('identical calls are counted, each kind apart', () => {
  const ordinals = new CallOrdinals()
  const taken = ['q', 'q', 'other', 'q'].map((prompt) => ordinals.take({ prompt, model: 'm' }).ordinal)
  expect(taken).toEqual([0, 1, 0, 2])
  expect(ordinals.take({ model: 'm', prompt: 'q' }).ordinal).toBe(3)
})

test('a place that was given back is the next that is taken', () => {
  const ordinals = new CallOrdinals()
  const [first, second] = [ordinals.take('q'), ordinals.take('q'), ordinals.take('q')]
  second?.giveBack()
  first?.giveBack()
  expect([1, 2, 3].map(() => ordinals.take('q').ordinal)).toEqual([0, 1, 3])
})
