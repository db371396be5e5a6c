import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRateLimits } from './rate-headers.ts'

const now = new Date('2026-01-02T03:04:05.000Z')

test('headers that say nothing of limits give nothing', () => {
  expect(readRateLimits({}, now)).toEqual({})
  expect(readRateLimits({ 'content-type': 'text/html', 'x-limit': '5' }, now)).toEqual({})
})

test('limits as OpenAI sends them, with durations', () => {
  const headers = {
    'x-ratelimit-limit-requests': '5000',
    'x-ratelimit-remaining-requests': '4999',
    'x-ratelimit-reset-requests': '120ms',
    'x-ratelimit-limit-tokens': '160000',
    'x-ratelimit-remaining-tokens': '0',
    'x-ratelimit-reset-tokens': '1m30s',
  }
  expect(readRateLimits(headers, now)).toEqual({
    requests: { limit: 5000, remaining: 4999, resetMs: 120 },
    tokens: { limit: 160_000, remaining: 0, resetMs: 90_000 },
  })
})

test('limits of requests by other names, with seconds or a time since 1970', () => {
  const epochS = now.getTime() / 1000
  const names = ['x-ratelimit', 'ratelimit']
  const resets = ['30', `${epochS + 30}`, `${(epochS + 30) * 1000}`]
  for (const name of names) {
    for (const reset of resets) {
      const headers = { [`${name}-limit`]: '50', [`${name}-remaining`]: '49', [`${name}-reset`]: reset }
      expect(readRateLimits(headers, now)).toEqual({ requests: { limit: 50, remaining: 49, resetMs: 30_000 } })
    }
  }
  expect(readRateLimits({ 'x-ratelimit-remaining': '1', 'x-ratelimit-remaining-requests': '2' }, now)).toEqual({
    requests: { remaining: 2 },
  })
})

test('limits as Anthropic sends them, with RFC 3339 dates', () => {
  const headers = {
    'anthropic-ratelimit-requests-limit': '50',
    'anthropic-ratelimit-requests-remaining': '49',
    'anthropic-ratelimit-requests-reset': '2026-01-02T03:04:06.500Z',
    'anthropic-ratelimit-tokens-limit': '40000',
    'anthropic-ratelimit-tokens-remaining': '39000',
    'anthropic-ratelimit-tokens-reset': '2026-01-02T04:04:05+01:00',
    'retry-after': '2',
  }
  expect(readRateLimits(headers, now)).toEqual({
    requests: { limit: 50, remaining: 49, resetMs: 1500 },
    tokens: { limit: 40_000, remaining: 39_000, resetMs: 0 },
    retryAfterMs: 2000,
  })
})

test.for<[text: string, resetMs: number]>([
  ['0s', 0],
  ['6m0s', 360_000],
  ['1.5s', 1500],
  ['8.64s', 8640],
  ['1d2h3m4s5ms', 93_784_005],
  ['59', 59_000],
  ['0.25', 250],
  [' 12ms ', 12],
])('a reset of "%s" is %d ms', ([text, resetMs]) => {
  expect(readRateLimits({ 'x-ratelimit-reset-requests': text }, now)).toEqual({ requests: { resetMs } })
})

test('what cannot be read is left out, and the rest is kept', () => {
  const headers = {
    'x-ratelimit-limit-requests': 'many',
    'x-ratelimit-remaining-requests': '-1',
    'x-ratelimit-reset-requests': 'soon',
    'x-ratelimit-limit-tokens': ' ',
    'x-ratelimit-remaining-tokens': '7',
    'x-ratelimit-reset-tokens': '',
  }
  expect(readRateLimits(headers, now)).toEqual({ tokens: { remaining: 7 } })
})

describe('how long the server asks to wait', () => {
  test.for<[headers: Record<string, string>, retryAfterMs: number | undefined]>([
    [{ 'retry-after': '1' }, 1000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '86400' }, 86_400_000],
    [{ 'retry-after': 'Fri, 02 Jan 2026 03:04:35 GMT' }, 30_000],
    [{ 'retry-after': 'Friday, 02-Jan-26 03:04:35 GMT' }, 30_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': '30s' }, 30_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    // A lenient reader of dates sees a year in it.
    [{ 'retry-after': 'about 40' }, undefined],
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    [{ 'retry-after-ms': 'soon', 'retry-after': '1' }, 1000],
    [{ 'retry-after-ms': '-1', 'retry-after': '1' }, 1000],
    [{ 'retry-after-ms': 'Infinity' }, undefined],
  ])('%o', ([headers, retryAfterMs]) => {
    expect(readRateLimits(headers, now)).toEqual(retryAfterMs === undefined ? {} : { retryAfterMs })
  })
})

test('no text makes a wait negative or not a number', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0159.-:smhdT Z,GMJan')) }), (text) => {
      const headers = { 'retry-after': text, 'retry-after-ms': text, 'x-ratelimit-reset-tokens': text }
      const { retryAfterMs = 0, tokens } = readRateLimits(headers, now)
      expect([retryAfterMs >= 0, (tokens?.resetMs ?? 0) >= 0]).toEqual([true, true])
    }),
  )
})

test('a duration is the sum of its parts', () => {
  const part = fc.nat({ max: 100 })
  fc.assert(
    fc.property(part, part, part, (hours, minutes, ms) => {
      const text = `${hours}h${minutes}m${ms}ms`
      expect(readRateLimits({ 'x-ratelimit-reset-tokens': text }, now)).toEqual({
        tokens: { resetMs: hours * 3_600_000 + minutes * 60_000 + ms },
      })
    }),
  )
})
