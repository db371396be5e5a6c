import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { drawTable } from './draw-table.ts'

const columns = [{ name: 'experiment' }, { name: 'samples', align: 'right' }] as const
const rows = [
  ['short', '1'],
  ['a very long name of an experiment', '1,000'],
  ['日本の首都', '2'],
]

function draw(width: number): string {
  return stripVTControlCharacters(drawTable(columns, rows, width))
}

test('a table that fits is drawn as it is', () => {
  expect(draw(Number.POSITIVE_INFINITY)).toBe(` experiment                         samples
 short                                    1
 a very long name of an experiment    1,000
 日本の首都                               2
`)
})

test('where the terminal is narrow, the first column is cut', () => {
  expect(draw(30)).toBe(` experiment            samples
 short                       1
 a very long name of…    1,000
 日本の首都                  2
`)
})

test('some of the first column always stays', () => {
  expect(draw(5)).toBe(` experiment    samples
 short               1
 a very long…    1,000
 日本の首都          2
`)
})

test('a cell is one line, and does not steer the terminal', () => {
  const cells = [['\u001B[2Ja\nb\u0007', '\u001B[31m1\u001B[39m']]
  expect(drawTable(columns, cells)).toMatch(/\n a b {8} +\u001B\[31m1\u001B\[39m\n$/)
})

test('optional columns are the first to go', () => {
  const more = [...columns, { name: 'chart', optional: true }] as const
  const drawMore = (width: number): string => stripVTControlCharacters(drawTable(more, [['a', '1', '===']], width))
  expect(drawMore(31)).toBe(` experiment  samples  chart
 a                 1  ===
`)
  expect(drawMore(20)).toBe(` experiment  samples
 a                 1
`)
})
