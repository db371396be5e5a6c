import { expect, test } from 'vitest'
import {
  formatCompact,
  formatDuration,
  formatFigure,
  formatInteger,
  formatMean,
  formatRate,
  formatUsd,
  plural,
} from './format.ts'

const expectCases = (format: (value: number) => string, expected: Readonly<Record<string, string>>): void => {
  const values = Object.keys(expected)
  expect(Object.fromEntries(values.map((value) => [value, format(Number(value))]))).toEqual(expected)
}

test('integers', () =>
  expectCases(formatInteger, { 0: '0', 999: '999', 1000: '1,000', 1234567: '1,234,567', '-123456': '-123,456' }))

test('compact integers', () =>
  expectCases(formatCompact, { 0: '0', 999: '999', 6200: '6.2K', 82449: '82.4K', 1234567: '1.23M' }))

test('figures', () =>
  expectCases(formatFigure, {
    0: '0',
    1: '1',
    0.72534: '0.725',
    '-0.5': '−0.5',
    12.34: '12.3',
    99.96: '100',
    118.4: '118',
    12345.6: '12,346',
    '-118.4': '−118',
  }))

test('rates', () => {
  expectCases(formatRate, {
    0: '0/s',
    1: '1/s',
    14285.7: '14,300/s',
    118.4: '118/s',
    12.34: '12/s',
    0.1234: '7.4/min',
    0.0004: '1.4/h',
  })
  expect(formatRate(0.05, ' samples')).toBe('3 samples/min')
})

test('plurals', () => {
  expect([0, 1, 2, 1200].map((count) => plural(count, 'call'))).toEqual(['0 calls', '1 call', '2 calls', '1,200 calls'])
})

test('means', () =>
  expectCases(formatMean, {
    0: '0.000',
    0.8: '0.800',
    '-0.25': '−0.250',
    999.5: '999.500',
    1234.5: '1,235',
    '-1234.6': '−1,235',
  }))

test('durations', () =>
  expectCases(formatDuration, {
    0: '0 ms',
    0.04: '0 ms',
    0.44: '0.4 ms',
    9.96: '10 ms',
    812.4: '812 ms',
    999.6: '1.0 s',
    3210: '3.2 s',
    59_949: '59.9 s',
    59_960: '1 min 0 s',
    75_000: '1 min 15 s',
    3_599_600: '1 h 0 min',
    3_660_000: '1 h 1 min',
    90_000_000: '25 h 0 min',
  }))

test('US dollars', () =>
  expectCases(formatUsd, {
    0: '$0.00',
    0.00123: '$0.0012',
    0.5: '$0.50',
    0.996: '$1.00',
    1: '$1.00',
    12.345: '$12.35',
  }))
