import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EvalsError } from '../../errors.ts'
import type { Scorer } from '../../scoring/scorer.ts'
import { wilsonInterval } from '../../stats/wilson-interval.ts'
import { calibrate, type LabelledSample } from './calibrate.ts'
import { correctedPassRate } from './corrected-pass-rate.ts'
import { judge } from './judge.ts'
import { scriptedModel, verdict } from './scripted-model.test-support.ts'

/** Passes the output `good`, gives nothing for `?`. */
const simple: Scorer = {
  name: 'simple',
  kind: 'binary',
  score: ({ output }) => (output === '?' ? null : output === 'good'),
}

const samples = (truePass: number, falsePass: number, trueFail: number, falseFail: number): LabelledSample[] => [
  ...Array.from({ length: truePass }, () => ({ output: 'good', label: true })),
  ...Array.from({ length: falsePass }, () => ({ output: 'good', label: false })),
  ...Array.from({ length: trueFail }, () => ({ output: 'bad', label: false })),
  ...Array.from({ length: falseFail }, () => ({ output: 'bad', label: true })),
]

test('a judge against labels', async () => {
  const labelled = [...samples(36, 4, 16, 4), { output: '?', label: true }]
  const found = await calibrate(simple, labelled)
  const share = (successes: number, n: number) =>
    expect.objectContaining({ value: successes / n, n, interval: wilsonInterval(successes, n) }) as unknown
  expect(found).toEqual({
    n: 60,
    unscored: 1,
    counts: { truePass: 36, falsePass: 4, trueFail: 16, falseFail: 4 },
    accuracy: share(52, 60),
    sensitivity: share(36, 40),
    specificity: share(16, 20),
    kappa: expect.closeTo(0.7, 12),
    pairs: labelled.slice(0, 60).map(({ output, label }) => ({ label, passed: output === 'good' })),
  })
})

test('a model as judge sees what is given with the label, and never the label', async () => {
  const model = scriptedModel(({ user }) => verdict(user.includes('Hello') ? 'pass' : 'fail'))
  const polite = judge({ model, rubric: 'Pass a polite reply.' })
  const labelled = [
    { input: 'hi', output: 'Hello', label: true },
    { input: 'hi', output: 'What?', expected: 'Hi', label: false },
  ]
  expect(await calibrate(polite, labelled)).toMatchObject({ n: 2, accuracy: { value: 1 }, kappa: 1 })
  expect(model.calls[1]!.user).toContain('expected>\nHi')
  expect(model.calls.map(({ user }) => /true|false|label/.test(user))).toEqual([false, false])
})

test('which score passes: the better one of a binary scorer, else as told', async () => {
  const lower: Scorer = { ...simple, direction: 'lower' }
  expect((await calibrate(lower, samples(1, 0, 1, 0))).counts).toMatchObject({ falsePass: 1, falseFail: 1 })
  const grades: Scorer = { name: 'grades', range: [1, 5], score: ({ output }) => Number(output) }
  const labelled = [
    { output: '5', label: true },
    { output: '3', label: true },
  ]
  expect((await calibrate(grades, labelled, { passes: (score) => score >= 4 })).counts).toMatchObject({ falseFail: 1 })
  await expect(calibrate(grades, labelled)).rejects.toMatchObject({
    code: 'EVALS_STATISTIC_INVALID',
    message: expect.stringContaining('passes: (score) => score >= 4'),
  })
})

test('nothing to compute from is null', async () => {
  expect(await calibrate(simple, [])).toMatchObject({
    n: 0,
    accuracy: null,
    sensitivity: null,
    specificity: null,
    kappa: null,
  })
  expect(await calibrate(simple, samples(2, 0, 0, 1))).toMatchObject({ sensitivity: { n: 3 }, specificity: null })
})

test('a judge that fails ends it, and the calls that go on', async () => {
  const signals: AbortSignal[] = []
  const failing: Scorer = {
    name: 'failing',
    kind: 'binary',
    score({ output, signal }) {
      signals.push(signal)
      if (output === 'bad') throw new EvalsError('EVALS_SCORER_FAILED', 'no')
      return new Promise(() => {})
    },
  }
  await expect(calibrate(failing, samples(1, 0, 1, 0))).rejects.toMatchObject({ message: 'no' })
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
})

test('the corrected rate, and what the judge observed', async () => {
  const trust = await calibrate(simple, samples(90, 20, 80, 10))
  const verdicts = [...Array.from({ length: 62 }, () => true), ...Array.from({ length: 38 }, () => false), null]
  const { observed, roganGladen, predictionPowered } = correctedPassRate(trust, verdicts)
  expect(observed).toEqual({ value: 0.62, n: 100, interval: wilsonInterval(62, 100) })
  expect(roganGladen).toMatchObject({ value: expect.closeTo(0.6, 12), interval: { method: 'lang-reiczigel' } })
  // The judge passes 110 of 200 labelled samples, of which 100 do.
  expect(predictionPowered).toMatchObject({ value: expect.closeTo(0.62 - 0.05, 12), n: 100 })
})

test('what cannot be told is null, and a rate stays within [0, 1]', async () => {
  const oneSided = await calibrate(simple, samples(5, 0, 0, 1))
  expect(correctedPassRate(oneSided, [true, false])).toMatchObject({ roganGladen: null })
  expect(correctedPassRate(oneSided, [null])).toEqual({ observed: null, roganGladen: null, predictionPowered: null })
  const blind = await calibrate(simple, samples(5, 5, 5, 5))
  expect(correctedPassRate(blind, [true, false])).toMatchObject({ roganGladen: null })
  const strict = await calibrate(simple, samples(1, 0, 1, 8))
  const { predictionPowered } = correctedPassRate(strict, [true, true, true, false])
  expect(predictionPowered).toMatchObject({ value: 1, interval: { upper: 1 } })
})

test('a judge that never errs is believed', async () => {
  const trust = await calibrate(simple, samples(30, 0, 30, 0))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 2 }), async (verdicts) => {
      const { observed, roganGladen, predictionPowered } = correctedPassRate(trust, verdicts)
      expect(roganGladen!.value).toBeCloseTo(observed!.value, 9)
      expect(predictionPowered!.value).toBeCloseTo(observed!.value, 9)
      // It may err yet: its interval is no narrower than that of the plain share.
      const width = roganGladen!.interval!.upper - roganGladen!.interval!.lower
      const isInside = observed!.value > 0.2 && observed!.value < 0.8
      if (isInside) expect(width).toBeGreaterThan(observed!.interval!.upper - observed!.interval!.lower - 1e-9)
    }),
  )
})
