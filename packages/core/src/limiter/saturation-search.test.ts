import { expect, test } from 'vitest'
import { SaturationSearch, type SearchStep } from './saturation-search.ts'

const first = { inFlight: 100, medianMs: 625, perMs: 0.16 }

/** Follows a search on a server whose answers take so long with so many calls in flight. */
function search(latency: (inFlight: number) => number, leastMs: number): [limits: number[], last: SearchStep] {
  const searching = new SaturationSearch(first, leastMs)
  const limits = [searching.limit]
  for (;;) {
    const step = searching.read(latency(searching.limit))
    if (step.found !== undefined) return [limits, step]
    limits.push(step.limit)
  }
}

test('of a server that is busy with 16: goes below, and settles a little above', () => {
  const [limits, last] = search((inFlight) => 100 * Math.max(1, inFlight / 16), 400)
  expect(limits).toEqual([60, 36, 21, 12])
  expect(last).toEqual({ found: 'saturated', limit: expect.closeTo(16 * 1.3, 5) })
})

test('goes where it must be by what is known, but not too far at once', () => {
  expect(search((inFlight) => 100 * Math.max(1, inFlight / 16), 250)[0][0]).toBe(52)
  expect(search((inFlight) => 100 * Math.max(1, inFlight / 16), 100)[0][0]).toBe(25)
})

test('of answers that just take longer: as many as before', () => {
  expect(search(() => 625, 400)).toEqual([[60], { found: 'slower', limit: 100 }])
  expect(search(() => 625, 100)).toEqual([[25], { found: 'slower', limit: 100 }])
})

test('of a server that works off one call at a time: one', () => {
  const [limits, last] = search((inFlight) => 10 * inFlight, 10)
  expect(limits.at(-1)).toBe(1)
  expect(last).toEqual({ found: 'saturated', limit: expect.closeTo(1.3, 5) })
})

test('compares with the longest that answers took before', () => {
  const searching = new SaturationSearch({ ...first, medianMs: 160 }, 100)
  searching.sawBefore(1000)
  searching.sawBefore(200)
  expect(searching.read(156)).toEqual({ limit: expect.any(Number) })
})

test('small differences have to be known better', () => {
  expect(new SaturationSearch(first, 400).error).toBeLessThan(new SaturationSearch(first, 100).error)
})
