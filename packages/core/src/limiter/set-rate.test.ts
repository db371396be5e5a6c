import { expect, test } from 'vitest'
import { SetRate } from './set-rate.ts'

function rateOf(perMinute: number | undefined): SetRate {
  const rate = new SetRate()
  rate.perMinute = perMinute
  return rate
}

test('starts are a minute apart in equal parts; the first is at once', () => {
  const rate = rateOf(600)
  expect(rate.waitMs(1000)).toBe(0)
  rate.started(1, 1000)
  expect([rate.waitMs(1000), rate.waitMs(1050), rate.waitMs(1100)]).toEqual([80, 30, 0])
  rate.started(1, 1100)
  expect(rate.waitMs(1100)).toBe(80)
})

test('a late start is made up for, a pause is not', () => {
  const rate = rateOf(60_000)
  const startsAt = (now: number): number => {
    let starts = 0
    while (rate.waitMs(now) === 0) {
      rate.started(1, now)
      starts += 1
    }
    return starts
  }
  expect(startsAt(0)).toBe(21)
  expect(startsAt(15)).toBe(15)
  expect(startsAt(100_000)).toBe(21)
})

test('what a start turned out to need counts', () => {
  const rate = rateOf(60_000)
  rate.started(1020, 0)
  expect(rate.waitMs(0)).toBe(1000)
  rate.settled(500, 0)
  expect(rate.waitMs(0)).toBe(1500)
  rate.settled(-1500, 0)
  expect(rate.waitMs(0)).toBe(0)
  // Long after it started it is not forgotten.
  rate.settled(1020, 60_000)
  expect(rate.waitMs(60_000)).toBe(1000)
})

test('without a rate nothing waits, also once it is taken away', () => {
  const rate = rateOf(1)
  rate.started(1, 0)
  expect(rate.waitMs(0)).toBeGreaterThan(0)
  rate.perMinute = undefined
  rate.started(1, 0)
  rate.settled(1, 0)
  expect(rate.waitMs(0)).toBe(0)
})
