import { expect, test } from 'vitest'
import { binsOf } from './bins.ts'

test.each([
  ['none', [], 2, []],
  [
    'shares lie in bins of 0 to 1',
    [0, 0.4, 0.5, 1],
    2,
    [
      [0, 0.5, 2],
      [0.5, 1, 2],
    ],
  ],
  [
    'equal shares, too',
    [0.2, 0.2],
    2,
    [
      [0, 0.5, 2],
      [0.5, 1, 0],
    ],
  ],
  [
    'others between the least and the greatest',
    [10, 20, 30],
    2,
    [
      [10, 20, 1],
      [20, 30, 2],
    ],
  ],
  ['equal others in one bin', [7, 7, 7], 10, [[7, 7, 3]]],
  [
    'negative ones',
    [-1, 1],
    2,
    [
      [-1, 0, 1],
      [0, 1, 1],
    ],
  ],
] as const)('%s', (_, values, count, bins) => {
  expect(binsOf(values, count)).toEqual(bins.map(([from, to, found]) => ({ from, to, count: found })))
})

test('100,000 values are no problem for the stack', () => {
  expect(
    binsOf(
      Array.from({ length: 100_000 }, (_, index) => index),
      1,
    ),
  ).toEqual([{ from: 0, to: 99_999, count: 100_000 }])
})
