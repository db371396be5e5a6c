import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiGlyphs, countBins, drawDistribution, drawInterval, unicodeGlyphs } from './charts.ts'

const score = { from: 0, to: 1, width: 11 } as const

test.for([
  [{ ...score, value: 0.5, interval: [0.3, 0.7] }, '---==o==---'],
  [{ ...score, value: 0, interval: [0, 0.1] }, 'o=---------'],
  [{ ...score, value: 1, interval: null }, '----------o'],
  [{ from: -1, to: 1, width: 11, value: -0.6, interval: [-0.8, -0.4] }, '-=o=-|-----'],
  [{ from: -1, to: 1, width: 11, value: -0.2, interval: [-0.6, 0.2] }, '--==o|=----'],
  [{ from: -1, to: 1, width: 11, value: 0, interval: [-5, 5] }, '=====o====='],
] as const)('interval %#', ([bar, expected]) => {
  expect(drawInterval(bar, asciiGlyphs)).toBe(expected)
})

test('an interval in Unicode', () => {
  expect(drawInterval({ from: -1, to: 1, width: 9, value: -0.5, interval: [-0.75, 0.5] }, unicodeGlyphs)).toBe(
    '─━●━│━━──',
  )
})

test('property: a bar has its width and one value', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(number, number, number, number, (a, b, value, end) => {
      fc.pre(a < b)
      const bar = drawInterval({ from: a, to: b, value, interval: [Math.min(value, end), end], width: 20 }, asciiGlyphs)
      expect(bar).toHaveLength(20)
      expect(bar.match(/o/g)).toHaveLength(1)
    }),
  )
})

test('a distribution: nothing is lower than anything', () => {
  expect(drawDistribution([0, 1, 500, 1000], asciiGlyphs)).toBe('_.=#')
  expect(drawDistribution([0, 1, 500, 1000], unicodeGlyphs)).toBe('▁▂▅█')
  expect(drawDistribution([0, 0], asciiGlyphs)).toBe('__')
})

test('bins are of equal width; the greatest value is in the last one', () => {
  expect(countBins([0, 0.1, 0.25, 0.5, 0.99, 1, 1], { from: 0, to: 1, bins: 4 })).toEqual([2, 1, 1, 3])
  expect(countBins([5, 5], { from: 5, to: 5, bins: 3 })).toEqual([2, 0, 0])
})
