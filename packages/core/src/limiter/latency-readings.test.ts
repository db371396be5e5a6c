import { expect, test } from 'vitest'
import { LatencyReadings } from './latency-readings.ts'
import { logNormal, seededRandom } from './simulation.test-support.ts'

/** The answers after which a median is read, with the medians. */
function mediansOf(readings: LatencyReadings, answers: number, latency: () => number): [number, number][] {
  const medians: [number, number][] = []
  for (let order = 0; order < answers; order += 1) {
    const medianMs = readings.add(order, latency())
    if (medianMs !== undefined) medians.push([order + 1, medianMs])
  }
  return medians
}

test('reads the median of 16 answers where all take as long', () => {
  expect(mediansOf(new LatencyReadings(0.07), 48, () => 100)).toEqual([16, 32, 48].map((answers) => [answers, 100]))
})

test('takes as many answers as it needs to know the median so well', () => {
  const latency = logNormal(100, seededRandom(1), 0.8)
  const medians = mediansOf(new LatencyReadings(0.07), 20_000, latency).map(([, medianMs]) => medianMs)
  // (1.2533 · 0.8 / 0.07)² = 205 answers each.
  expect(medians.length).toBeGreaterThan(60)
  expect(medians.length).toBeLessThan(150)
  const errors = medians.slice(1).map((medianMs) => Math.log(medianMs / 100))
  const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length)
  expect(deviation).toBeGreaterThan(0.05)
  expect(deviation).toBeLessThan(0.09)
})

test('what comes next is read as far apart', () => {
  const latency = logNormal(100, seededRandom(2), 0.8)
  const readings = new LatencyReadings(0.07)
  mediansOf(readings, 1000, latency)
  expect(mediansOf(readings.next(0.07), 1000, latency)[0]![0]).toBeGreaterThan(100)
})

test('waits for the slow ones of those that started together', () => {
  const readings = new LatencyReadings(0.07)
  for (let order = 0; order < 15; order += 1) expect(readings.add(order, 100)).toBeUndefined()
  for (let order = 16; order < 31; order += 1) expect(readings.add(order, 10)).toBeUndefined()
  expect(readings.add(15, 500)).toBe(100)
})

test('does not keep blocks of which a call never was answered', () => {
  const readings = new LatencyReadings(0.07)
  for (let block = 0; block < 200; block += 1) expect(readings.add(block * 16, 100)).toBeUndefined()
  // The first blocks are forgotten: their other answers make no whole one.
  for (let order = 1; order < 16; order += 1) expect(readings.add(order, 100)).toBeUndefined()
})
