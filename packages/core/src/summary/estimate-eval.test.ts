import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimateEval } from './estimate-eval.ts'
import type { ModelUse } from './model-use.ts'
import { makeResult } from './sample-result.test-support.ts'

const untimed = { elapsedMs: 0, sampleMs: { n: 0, mean: null, stderr: null } }
const use = (inputTokens: number, parts: Partial<ModelUse> = {}): ModelUse => ({
  model: 'm:a',
  purpose: 'task',
  calls: 1,
  usage: { inputTokens, outputTokens: 1 },
  costUsd: inputTokens / 1000,
  ...parts,
})
const results = (...models: (readonly ModelUse[])[]) =>
  models.map((uses, id) => makeResult({ id: `${id}`, models: uses }))

test('totals are the mean per sample times the planned samples, with the t interval of the mean', async () => {
  const pilot = results([use(10)], [use(12)], [use(14)], [use(20)])
  const { samples, unscored, total, models, timeMs, cachedShare } = await estimateEval(pilot, {
    planned: 1000,
    times: untimed,
  })
  expect({ samples, unscored, timeMs, cachedShare }).toEqual({ samples: 4, unscored: 0, timeMs: null, cachedShare: 0 })
  // Squared deviations 16 + 4 + 0 + 36, and 3.182446 is the 97.5 % quantile of t with 3 degrees of freedom.
  const half = 3.182446 * Math.sqrt(56 / 3 / 4) * 1000
  const interval = { lower: expect.closeTo(14_000 - half, 1), upper: expect.closeTo(14_000 + half, 1) }
  expect(total.inputTokens).toEqual({ value: 14_000, interval })
  expect(total.costUsd?.value).toBeCloseTo(14, 9)
  expect(total.costUsd?.interval?.upper).toBeCloseTo(14 + half / 1000, 4)
  // Equal in all samples: nothing to estimate a spread from.
  expect(total.calls).toEqual({ value: 1000, interval: null })
  expect(total.outputTokens).toEqual({ value: 1000, interval: null })
  expect(models).toEqual([{ model: 'm:a', purpose: 'task', ...total }])
})

test('a part for each model and purpose; a sample that did not call it counts as none', async () => {
  const judge = use(4, { model: 'm:judge', purpose: 'score' })
  const { total, models } = await estimateEval(results([use(10), judge], [use(10)]), { planned: 10, times: untimed })
  expect(total.inputTokens?.value).toBe(120)
  expect(
    models.map(({ model, purpose, calls, inputTokens }) => [model, purpose, calls.value, inputTokens?.value]),
  ).toEqual([
    ['m:a', 'task', 10, 100],
    ['m:judge', 'score', 5, 20],
  ])
  // From 2 and 2 ± 12.7 · 2 below 0, which no tokens are.
  expect(models[1]?.inputTokens?.interval?.lower).toBe(0)
})

describe('what is unknown is never 0', () => {
  test('a price', async () => {
    const { costUsd: _costUsd, ...unpriced } = use(10)
    const { total, models } = await estimateEval(results([use(10), { ...unpriced, model: 'm:b' }]), {
      planned: 10,
      times: untimed,
    })
    expect([total.costUsd, total.inputTokens?.value]).toEqual([null, 200])
    expect(models.map(({ costUsd }) => costUsd?.value)).toEqual([0.1, undefined])
  })

  test('tokens nobody reported, and all figures where no model was called', async () => {
    const silent = await estimateEval(results([use(1, { usage: {} })]), { planned: 10, times: untimed })
    expect(silent.total).toMatchObject({ calls: { value: 10 }, inputTokens: null, outputTokens: null })
    const { total, models } = await estimateEval([makeResult()], { planned: 10, times: untimed })
    expect(total).toEqual({ calls: { value: 0, interval: null }, inputTokens: null, outputTokens: null, costUsd: null })
    expect(models).toEqual([])
  })
})

test('samples that were not scored are left out and counted', async () => {
  const failed = makeResult({ id: 'x', outcome: 'error', passed: null, models: [use(1000)] })
  const pilot = [...results([use(10)], [use(20)]), failed, { ...failed, id: 'y', outcome: 'timeout' as const }]
  expect(await estimateEval(pilot, { planned: 100, times: untimed })).toMatchObject({
    samples: 2,
    unscored: 2,
    total: { inputTokens: { value: 1500 } },
  })
  expect(await estimateEval([failed], { planned: 100, times: untimed })).toMatchObject({ samples: 0, unscored: 1 })
})

test('batches: parts of calls add up, and equal parts give no interval', async () => {
  const part = (inputTokens: number): ModelUse => use(inputTokens, { calls: 1 / 4, cached: 1 / 4 })
  const pilot = results([part(2)], [part(2)], [part(2)], [part(3)])
  const times = { elapsedMs: 200, sampleMs: { n: 4, mean: 100, stderr: 10 } }
  const { total, batched, cachedShare, timeMs } = await estimateEval(pilot, { planned: 100, times })
  expect(batched).toBe(true)
  expect(total.calls).toEqual({ value: 25, interval: null })
  expect(total.inputTokens).toEqual({ value: 225, interval: null })
  expect(timeMs).toEqual({ value: 5000, interval: null })
  expect(cachedShare).toBe(1)
})

test('the time is that at the rate of the pilot, spread as the times of its samples are', async () => {
  const { timeMs } = await estimateEval(results([], [], [], []), {
    planned: 400,
    times: { elapsedMs: 200, sampleMs: { n: 4, mean: 100, stderr: 10 } },
  })
  // A tenth of the mean times the 97.5 % quantile of t with 3 degrees of freedom.
  const half = 20_000 * 0.1 * 3.182446
  const interval = { lower: expect.closeTo(20_000 - half, 1), upper: expect.closeTo(20_000 + half, 1) }
  expect(timeMs).toEqual({ value: 20_000, interval })
})

test('a pilot of the whole eval gives what it used', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 30 }), async (tokens) => {
      const { total } = await estimateEval(results(...tokens.map((count) => [use(count)])), {
        planned: tokens.length,
        times: untimed,
      })
      const sum = tokens.reduce((all, count) => all + count, 0)
      expect(total.inputTokens?.value).toBeCloseTo(sum, 3)
      const { lower = sum, upper = sum } = total.inputTokens?.interval ?? {}
      expect(lower).toBeLessThanOrEqual(sum + 1e-3)
      expect(upper).toBeGreaterThanOrEqual(sum - 1e-3)
    }),
    { numRuns: 50 },
  )
})
