import { expect, test } from 'vitest'
import { atLeast, max, passAt, passHat } from '../reducers/reducers.ts'
import { reduceScores } from './reduce-scores.ts'
import { makeResult } from './sample-result.test-support.ts'
import type { ResultScore } from './sample-result.ts'

const results = (rows: Readonly<Record<string, readonly ResultScore[]>>) =>
  Object.entries(rows).flatMap(([id, scores]) => scores.map((s, epoch) => makeResult({ id, epoch, scores: { s } })))

test('each reducer makes one score of a sample’s epochs; their mean has its interval by what the reducer makes', async () => {
  const rows = { a: [1, 0, 0], b: [0, 0, 0], c: [1, 1, 0], d: [1, null, 'failed'] } as const
  const found = await reduceScores(results(rows), [{ name: 's', kind: 'binary' }], [passAt(2), max, atLeast(2)])
  // 1 − C(2,2)/C(3,2) = 2/3, 0, 1, and d has one scored epoch only.
  expect(found['s']?.['passAt2']).toMatchObject({ value: expect.closeTo(5 / 9, 12), n: 3, interval: { method: 't' } })
  expect(found['s']?.['max']).toMatchObject({ value: 0.75, n: 4, interval: { method: 'wilson' } })
  expect(found['s']?.['atLeast2']).toMatchObject({ value: 0.25, n: 4, interval: { method: 'wilson' } })
})

test('the range of a pass rate is its own, not that of the scores', async () => {
  const rows = { a: [5, 5], b: [5, 4] }
  const found = await reduceScores(
    results(rows),
    [{ name: 's', kind: 'graded', range: [1, 5] }],
    [passAt(1, { threshold: 4 })],
  )
  expect(found['s']?.['passAt1']).toMatchObject({ value: 1, n: 2, interval: { method: 'all-equal', upper: 1 } })
  expect(found['s']?.['passAt1']?.interval?.lower).toBeGreaterThan(0)
})

test('the interval ends where the range of the results does', async () => {
  const rows = { a: [true, true], b: [true, false], c: [false, false] }
  const { s } = await reduceScores(results(rows), [], [passAt(1), passHat(2)])
  // ½ ± t₀.₉₇₅,₂ · ½/√3, and ⅓ ± t₀.₉₇₅,₂ · ⅓, are wider than a probability.
  expect(s?.['passAt1']).toMatchObject({ value: 0.5, interval: { method: 't', lower: 0, upper: 1 } })
  expect(s?.['passHat2']).toMatchObject({ interval: { method: 't', lower: 0, upper: 1 } })
})

test('scores that are not what their scorer declares still have a mean, and a note', async () => {
  const rows = { a: [5, 5], b: [0, 1] }
  const { s } = await reduceScores(results(rows), [{ name: 's', kind: 'graded', range: [0, 1] }], [max, passAt(1)])
  expect(s?.['max']).toMatchObject({ value: 3, n: 2, note: 'some scores are not what the scorer declares' })
  expect(s?.['passAt1']).toMatchObject({ value: 0.75, n: 2 })
})

test('clusters widen the interval; without a result, or reducers, there is nothing', async () => {
  const clustered = results({ a: [1, 1], b: [1, 1], c: [0, 0], d: [0, 0], e: [1, 1], f: [0, 0] }).map((result) => ({
    ...result,
    cluster: 'abe'.includes(result.id) ? 'one' : 'two',
  }))
  const { s } = await reduceScores(clustered, [{ name: 's', kind: 'binary' }], [max])
  expect(s?.['max']).toMatchObject({ value: 0.5, n: 6, interval: { method: 't' } })
  expect(await reduceScores(results({ a: [1] }), [], [passAt(5)])).toEqual({})
  expect(await reduceScores(results({ a: [1] }), [], [])).toEqual({})
  expect(await reduceScores([makeResult({ outcome: 'cancelled', scores: { s: 1 } })], [], [max])).toEqual({})
})
