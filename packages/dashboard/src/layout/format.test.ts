import { expect, test } from 'vitest'
import { formatDuration, formatFigure, formatSigned, formatUnscored, formatUsd } from './format.ts'

test.each([
  [null, '–'],
  [0, '0.000'],
  [0.12345, '0.123'],
  [12.345, '12.35'],
  [1234.5, '1234.5'],
])('a figure of %j is %s', (value, text) => {
  expect(formatFigure(value)).toBe(text)
})

test.each([
  [{ unscored: 0 }, '0'],
  [{ unscored: 1200, unscoredEpochs: 1 }, '1,200 + 1 epoch'],
  [{ unscored: 0, unscoredEpochs: 12 }, '0 + 12 epochs'],
])('samples without a score %j are %s', (counts, text) => {
  expect(formatUnscored(counts)).toBe(text)
})

test.each([
  [null, '–'],
  [0.4, '<1 ms'],
  [812, '812 ms'],
  [999.6, '1.00 s'],
  [1090, '1.09 s'],
  [9996, '10.0 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min 0 s'],
  [119_600, '2 min 0 s'],
  [245_000, '4 min 5 s'],
  [3_599_700, '1 h 0 min'],
  [7_380_000, '2 h 3 min'],
])('%j ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [null, '–'],
  [0, '$0'],
  [0.00012, '$0.00012'],
  [1.234, '$1.23'],
  [123.4, '$123'],
])('%j dollars are %s', (value, text) => {
  expect(formatUsd(value)).toBe(text)
})

test.each([
  [0.1, '+0.100'],
  [-0.1, '−0.100'],
  [0, '±0.000'],
  [null, '–'],
])('a difference of %j is %s', (value, text) => {
  expect(formatSigned(value)).toBe(text)
})
