import { withoutUndefined } from '../without-undefined.ts'

/** One limit of an account as a server tells it: how much, what is left, and in how many ms it is whole again. */
export interface RateState {
  readonly limit?: number
  readonly remaining?: number
  readonly resetMs?: number
}

/** What a response's headers say about the account's limits. */
export interface RateLimits {
  readonly requests?: RateState
  readonly tokens?: RateState
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number
}

/** A response's headers by lower-case name. */
export type ResponseHeaders = Readonly<Record<string, string>>

/**
 * Reads `x-ratelimit-{limit,remaining,reset}-{requests,tokens}`, `anthropic-ratelimit-*`, the same of requests without
 * saying so (`x-ratelimit-remaining`, `ratelimit-remaining`), `retry-after` (seconds or an HTTP date) and
 * `retry-after-ms`. What cannot be read is left out.
 * @param now the wall clock, for dates
 */
export function readRateLimits(headers: ResponseHeaders, now: Date): RateLimits {
  const requests = readState(headers, 'requests', now)
  const tokens = readState(headers, 'tokens', now)
  const retryAfterMs = readRetryAfter(headers, now)
  return withoutUndefined({ requests, tokens, retryAfterMs })
}

function readRetryAfter(headers: ResponseHeaders, now: Date): number | undefined {
  return readNumber(headers['retry-after-ms']) ?? readReset(headers['retry-after'], now)
}

function readState(headers: ResponseHeaders, what: 'requests' | 'tokens', now: Date): RateState | undefined {
  const read = (part: string): string | undefined =>
    headers[`x-ratelimit-${part}-${what}`] ??
    headers[`anthropic-ratelimit-${what}-${part}`] ??
    (what === 'requests' ? (headers[`x-ratelimit-${part}`] ?? headers[`ratelimit-${part}`]) : undefined)
  const limit = readNumber(read('limit'))
  const remaining = readNumber(read('remaining'))
  const resetMs = readReset(read('reset'), now)
  if (limit === undefined && remaining === undefined && resetMs === undefined) return undefined
  return withoutUndefined({ limit, remaining, resetMs })
}

function readNumber(text: string | undefined): number | undefined {
  const number = Number(text?.trim() === '' ? Number.NaN : text)
  return Number.isFinite(number) && number >= 0 ? number : undefined
}

/** September 2001. */
const leastEpochS = 1e9

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A duration such as `1m30s` or `120ms`, plain seconds, or a point in time. */
function readReset(text: string | undefined, now: Date): number | undefined {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return undefined
  if (/^\d+(\.\d+)?$/.test(trimmed)) return untilPlain(Number(trimmed), now)
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(trimmed)) return untilMs(trimmed, now)
  return trimmed
    .matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)
    .reduce((total, [, count, unit = 's']) => total + Number(count) * (unitMs[unit] ?? 0), 0)
}

/** Seconds, or a time in seconds or ms since 1970, which no wait is long enough to be taken for. */
function untilPlain(number: number, now: Date): number {
  if (number < leastEpochS) return number * 1000
  return Math.max(0, (number < leastEpochS * 1000 ? number * 1000 : number) - now.getTime())
}

function untilMs(date: string, now: Date): number | undefined {
  // `Date.parse` takes "about 40" for the year 2040; every form of date that servers send has a time of day.
  const time = /\d:\d\d:\d\d/.test(date) ? Date.parse(date) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.max(0, time - now.getTime())
}
