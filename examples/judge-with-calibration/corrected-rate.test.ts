import { calibrate, correctedPassRate } from '@evals/core/stats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import { evalsOf } from '../run-evals.ts'
import { politeness } from './politeness.ts'
import { labelledReplies, trueRate } from './replies.ts'

const evals = evalsOf(import.meta.dirname)
let records: readonly SampleRecord[]

beforeAll(async () => {
  records = (await evals.run()).records
}, 120_000)

afterAll(evals.remove)

test('the judge’s pass rate, corrected by its errors on labelled replies, holds the truth', async () => {
  const labelled = labelledReplies.map(({ text, isPolite }) => ({ output: text, label: isPolite }))
  const trust = await calibrate(politeness, labelled)
  const verdicts = records.map(({ scores }) => toVerdict(scores['politeness']!.value))
  const { observed, roganGladen, predictionPowered } = correctedPassRate(trust, verdicts)
  console.log(describe(trust, { observed, roganGladen, predictionPowered }))

  expect(records).toHaveLength(200)
  expect(trust).toMatchObject({ n: 120, unscored: 0, sensitivity: { value: 1 }, specificity: { value: 24 / 36 } })
  // The plain rate is sure of something that is not so.
  expect(observed!.interval!.lower).toBeGreaterThan(trueRate)
  for (const corrected of [roganGladen!, predictionPowered!]) {
    expect(Math.abs(corrected.value - trueRate)).toBeLessThan(0.05)
    expect(corrected.interval!.lower).toBeLessThan(trueRate)
    expect(corrected.interval!.upper).toBeGreaterThan(trueRate)
  }
})

test('each score says who judged by what, and what it cost apart from the task', () => {
  expect(records[0]).toMatchObject({
    scores: { politeness: { metadata: { judge: 'mock:lenient', prompt: 'politeness', promptVersion: '3' } } },
    calls: [{ purpose: 'score', usage: { inputTokens: 150, outputTokens: 20 }, costUsd: 0.00023 }],
  })
})

function toVerdict(value: number | null): boolean | null {
  return value === null ? null : value === 1
}

function describe(
  { sensitivity, specificity, kappa }: Awaited<ReturnType<typeof calibrate>>,
  rates: ReturnType<typeof correctedPassRate>,
): string {
  const lines = Object.entries({ sensitivity, specificity, ...rates }).map(([name, estimate]) => {
    const { value, interval } = estimate!
    return `${name.padEnd(18)} ${value.toFixed(3)}  ${interval!.lower.toFixed(3)} to ${interval!.upper.toFixed(3)}`
  })
  return [...lines, `${'kappa'.padEnd(18)} ${kappa!.toFixed(3)}`].join('\n')
}
