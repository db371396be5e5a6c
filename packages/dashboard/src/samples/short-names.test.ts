import { expect, test } from 'vitest'
import { shortNames } from './short-names.ts'

test.each([
  [[], []],
  [['a.eval.ts > qa'], ['qa']],
  [
    ['a.eval.ts > qa [model=mini]', 'a.eval.ts > qa [model=big]'],
    ['qa [model=mini]', 'qa [model=big]'],
  ],
  [
    ['a.eval.ts > d > x', 'a.eval.ts > d > y'],
    ['x', 'y'],
  ],
  [
    ['a.eval.ts > d > x', 'a.eval.ts > e > x'],
    ['d > x', 'e > x'],
  ],
  [
    ['a.eval.ts > x', 'b.eval.ts > x'],
    ['a.eval.ts > x', 'b.eval.ts > x'],
  ],
  [
    ['plain', 'other'],
    ['plain', 'other'],
  ],
])('%j are %j', (keys, names) => {
  expect(shortNames(keys)).toEqual(names)
})
