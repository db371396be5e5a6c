import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fisherTest } from '../stats/fisher-test.ts'
import { minimumDetectableDifference, power, sampleSize } from '../stats/power.ts'
import { wilsonInterval } from '../stats/wilson-interval.ts'
import { compare } from './compare.ts'
import { side } from './compared-result.test-support.ts'
import { describeVerdict } from './describe-verdict.ts'

/** The page, its line breaks taken for spaces. */
const page = readFileSync(join(import.meta.dirname, '../../../../docs/statistics.md'), 'utf8').replaceAll(/\s+/g, ' ')

/** `n` samples of which `worse` got worse and `better` better. */
async function sentence(counts: { n: number; worse: number; better: number }, margin?: number): Promise<string> {
  const { n, worse, better } = counts
  const base = Array.from({ length: n }, (_, index) => index >= better)
  const other = Array.from({ length: n }, (_, index) => index < n - worse)
  const { scores } = await compare(side(base), side(other), margin === undefined ? {} : { margin })
  return describeVerdict(scores[0]!)
}

function share(successes: number, n: number): string {
  const { lower, upper } = wilsonInterval(successes, n)
  return `${(lower * 100).toFixed(1)} % to ${(upper * 100).toFixed(1)} %`
}

const points = (n: number, discordant: number): string =>
  (minimumDetectableDifference({ n, discordant })! * 100).toFixed(1)
const samples = (delta: number, discordant: number): string => sampleSize({ delta, discordant }).toLocaleString('en')

test('docs/statistics.md tells the sentences that comparisons give', async () => {
  expect(page).toContain(`> ${await sentence({ n: 900, worse: 70, better: 32 })}`)
  expect(page).toContain(`> ${await sentence({ n: 100, worse: 4, better: 3 })}`)
  expect(page).toContain(`> ${await sentence({ n: 900, worse: 35, better: 32 }, 0.03)}`)
})

test('docs/statistics.md tells the intervals and p-values of its examples', () => {
  expect(page).toContain(`718 of 900 right (${share(718, 900)})`)
  expect(page).toContain(`680 right (${share(680, 900)})`)
  expect(page).toContain('20 right answers of 20 give 83.9 % to 100 %')
  expect(share(20, 20)).toBe('83.9 % to 100.0 %')
  const p = fisherTest({ successes: 680, n: 900 }, { successes: 718, n: 900 })
  expect(page).toContain(`then give p = ${p.toFixed(3)}`)
})

test.each([20, 50, 100, 200, 500, 1000, 2000])('docs/statistics.md tells what %i samples see', (n) => {
  expect(page).toContain(`| ${n.toLocaleString('en')} | ${points(n, 0.1)} | ${points(n, 0.2)} |`)
})

test.each([2, 3, 5, 10])('docs/statistics.md tells how many samples %i points take', (delta) => {
  expect(page).toContain(`| ${delta} | ${samples(delta / 100, 0.1)} | ${samples(delta / 100, 0.2)} |`)
})

test('docs/statistics.md tells what epochs save, and the power of a plan', () => {
  const design = { delta: 0.03, differenceVariance: 1 / 9, baseEpochVariance: 1 / 6, otherEpochVariance: 1 / 6 }
  const [one, four] = [sampleSize(design), sampleSize({ ...design, baseEpochs: 4, otherEpochs: 4 })]
  expect(page).toContain(
    `take ${one.toLocaleString('en')} samples of one epoch, or ${four.toLocaleString('en')} of four`,
  )
  expect(page).toContain(
    `power({ delta: 0.05, n: 200, discordant: 0.1 }) // ${power({ delta: 0.05, n: 200, discordant: 0.1 }).toFixed(2)}`,
  )
})
