import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../stored-value/stored-form.ts'
import { differencesOf, distanceOf, leavesOf } from './call-difference.ts'

function compare(stored: JsonObject, made: JsonObject) {
  return differencesOf(leavesOf(stored), leavesOf(made))
}

test('each leaf has a path', () => {
  const call = { a: { b: [1, 'x', []] }, c: {}, d: null, e: { $undefined: true } }
  expect([...leavesOf(call)]).toEqual([
    ['a.b[0]', '1'],
    ['a.b[1]', '"x"'],
    ['a.b[2]', '[]'],
    ['c', '{}'],
    ['d', 'null'],
  ])
})

test('what is changed, added and missing is told with its path', () => {
  expect(compare({ same: 1, changed: 'a', missing: true }, { same: 1, changed: 'b', added: [2] })).toEqual([
    { path: 'changed', stored: '"a"', made: '"b"' },
    { path: 'added[0]', made: '2' },
    { path: 'missing', stored: 'true' },
  ])
})

test('long texts are shortened around the first difference', () => {
  const same = 'x'.repeat(1000)
  expect(compare({ text: `${same}OLD${same}` }, { text: `${same}NEW` })).toEqual([
    { path: 'text', stored: `…${'x'.repeat(20)}OLD${'x'.repeat(37)}…`, made: `…${'x'.repeat(20)}NEW"` },
  ])
  expect(compare({ text: '' }, { text: same })).toEqual([{ path: 'text', stored: '""', made: `"${'x'.repeat(59)}…` }])
})

test('a cut through a letter leaves no half of it', () => {
  const [difference] = compare({ text: '' }, { text: `x${'🦉'.repeat(100)}` })
  expect(difference?.made?.isWellFormed()).toBe(true)
})

test('a call that shares most of a text is nearer than one that shares none, and that than one with another leaf', () => {
  const made = leavesOf({ prompt: 'What is the capital of France?', temperature: 0 })
  const distance = (stored: JsonObject) => distanceOf(leavesOf(stored), made)
  const near = distance({ prompt: 'What is the capital of Spain?', temperature: 0 })
  const far = distance({ prompt: '12345', temperature: 0 })
  const farther = distance({ prompt: '12345', temperature: 1 })
  expect(near).toBeGreaterThan(0)
  expect(near).toBeLessThan(far)
  expect(far).toBeLessThan(farther)
})

test('a call of many messages is compared by its first 2,000 leaves', () => {
  const messages = Array.from({ length: 5000 }, (_, index) => `message ${index}`)
  expect(leavesOf({ messages }).size).toBe(2000)
})

test('equal calls are 0 apart, others more, in both directions alike', () => {
  const call = fc.object({ maxDepth: 3, values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] })
  fc.assert(
    fc.property(call, call, (one, two) => {
      const [a, b] = [leavesOf(one as JsonObject), leavesOf(two as JsonObject)]
      expect(distanceOf(a, a)).toBe(0)
      expect(differencesOf(a, a)).toEqual([])
      expect(distanceOf(a, b)).toBeCloseTo(distanceOf(b, a), 9)
      expect(distanceOf(a, b) > 0).toBe(differencesOf(a, b).length > 0)
    }),
  )
})
