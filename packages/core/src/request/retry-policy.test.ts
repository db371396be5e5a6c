import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ModelCallError, type CallFault } from './call-error.ts'
import { interactive, patient, retryDelayMs, type RetryPolicy } from './retry-policy.ts'

interface Failure {
  readonly fault: CallFault
  /** Failures of the kind so far. */
  readonly count: number
  readonly random?: number
  readonly retryAfterMs?: number
  readonly policy?: RetryPolicy
}

function delayAfter({ fault, count, random = 1, retryAfterMs, policy = patient }: Failure): number | undefined {
  const limits = retryAfterMs === undefined ? {} : { retryAfterMs }
  const error = new ModelCallError('EVALS_MODEL_UNAVAILABLE', 'no', { fault, model: 'fake:m', limits })
  const counts = { refused: 0, fault: 0, timeout: 0, fatal: 0, [fault]: count }
  return retryDelayMs(error, counts, { policy, random })
}

test('the longest back-off doubles from half a second to a minute', () => {
  const longest = Array.from({ length: 9 }, (_, index) => delayAfter({ fault: 'refused', count: index + 1 }))
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
})

test('refusals are tried again without end, faults five times, timeouts once, fatal errors never', () => {
  const isRetried = (fault: CallFault, count: number): boolean => delayAfter({ fault, count }) !== undefined
  expect(isRetried('refused', 1_000_000)).toBe(true)
  expect([isRetried('fault', 5), isRetried('fault', 6)]).toEqual([true, false])
  expect([isRetried('timeout', 1), isRetried('timeout', 2)]).toEqual([true, false])
  expect([isRetried('fatal', 0), isRetried('fatal', 1)]).toEqual([false, false])
})

test('for a person who waits, nothing is tried again', () => {
  const delays = (['refused', 'fault', 'timeout', 'fatal'] as const).map((fault) =>
    delayAfter({ fault, count: 1, policy: interactive }),
  )
  expect(delays).toEqual([undefined, undefined, undefined, undefined])
})

test('the server may ask for more than the back-off, but not for less', () => {
  expect(delayAfter({ fault: 'refused', count: 1, retryAfterMs: 5000 })).toBe(5000)
  expect(delayAfter({ fault: 'refused', count: 1, retryAfterMs: 100 })).toBe(500)
  expect(delayAfter({ fault: 'refused', count: 1, random: 0, retryAfterMs: 0 })).toBe(0)
  expect(delayAfter({ fault: 'fault', count: 1, retryAfterMs: 120_000 })).toBe(120_000)
  expect(delayAfter({ fault: 'fault', count: 6, retryAfterMs: 1 })).toBeUndefined()
})

test('full jitter: any part of the back-off, never less than the server asks for', () => {
  const failure = fc.record({
    count: fc.integer({ min: 1, max: 2000 }),
    random: fc.double({ min: 0, max: 1, noNaN: true }),
    retryAfterMs: fc.nat({ max: 200_000 }),
  })
  fc.assert(
    fc.property(failure, ({ count, random, retryAfterMs }) => {
      const longest = Math.min(60_000, 500 * 2 ** (count - 1))
      expect(delayAfter({ fault: 'refused', count, random })).toBe(random * longest)
      expect(delayAfter({ fault: 'refused', count, random, retryAfterMs })).toBe(
        Math.max(random * longest, retryAfterMs),
      )
    }),
  )
})
