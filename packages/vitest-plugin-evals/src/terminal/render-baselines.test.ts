import type { EvalSummary, ResultScore } from '@evals/core'
import { judgeBaseline } from '@evals/core/stats'
import { expect, test } from 'vitest'
import { adjustBaselines } from '../reporter/adjust-baselines.ts'
import { makeSummary, plain } from './eval-summary.test-support.ts'
import { renderBaselines } from './render-baselines.ts'

const side = (scores: readonly ResultScore[]) => ({
  results: scores.map((score, index) => ({
    eval: 'e',
    id: `${index}`,
    epoch: 0,
    outcome: 'scored' as const,
    scores: { right: score },
  })),
})
const passing = (passes: number): boolean[] => Array.from({ length: 100 }, (_, index) => index < passes)

async function summaryOf(name: string, passes: number, gate = {}): Promise<EvalSummary> {
  const sides = { base: side(passing(80)), other: side(passing(passes)) }
  const baseline = await judgeBaseline(sides, { experiment: 'prod', ...gate })
  return makeSummary(name, { count: 5, facts: { baseline } })
}

test('a line per score with its verdict, and what is left of them over all tests of the run', async () => {
  const all = [await summaryOf('a', 50), await summaryOf('b', 73), await summaryOf('c', 95), await summaryOf('d', 80)]
  const adjusted = await adjustBaselines(all)
  expect(renderBaselines(adjusted).map(plain)).toEqual([
    ' Compared with prod',
    expect.stringMatching(/^ {3}✗ src\/qa\.eval\.ts > a {2}right worse by 30\.0 points \(.*could have seen /),
    expect.stringMatching(/^ {3}✗ src\/qa\.eval\.ts > b {2}right worse by 7\.0 points /),
    expect.stringMatching(/^ {3}✓ src\/qa\.eval\.ts > c {2}right better by 15\.0 points /),
    expect.stringMatching(/^ {3}· src\/qa\.eval\.ts > d {2}right cannot tell: no difference /),
    '   Over all 4 tests of the run (Holm): 2 worse, 1 better, of 4 scores',
  ])
  expect(adjusted[1]?.baseline?.scores).toMatchObject([
    { tests: 1, inRun: { tests: 4, pAdjusted: 4 / 128, verdict: 'worse' } },
  ])
})

test('what misses the gate notWorse says so, with its margin: that one cannot tell is no failure elsewhere', async () => {
  const gate = { gate: 'notWorse', margin: 0.01 }
  const all = [await summaryOf('a', 78, gate), await summaryOf('b', 95, gate), await summaryOf('c', 78)]
  expect(renderBaselines(all).map(plain)).toEqual([
    ' Compared with prod',
    expect.stringMatching(/^ {3}✗ .* > a {2}right cannot tell: .* ! misses the gate notWorse with margin 0\.01$/),
    expect.stringMatching(/^ {3}✓ .* > b {2}right better by 15\.0 points [^!]*$/),
    expect.stringMatching(/^ {3}· .* > c {2}right cannot tell: [^!]*$/),
  ])
})

test('what was not compared has a reason, and without any baseline there is nothing', async () => {
  const facts = (passed: boolean | null) => ({
    baseline: { experiment: 'prod', gate: 'worse' as const, passed, message: 'baseline: why', scores: [] },
  })
  const all = [
    await makeSummary('a', { facts: facts(null) }),
    await makeSummary('b', { facts: facts(false) }),
    await makeSummary('c'),
  ]
  expect(renderBaselines(await adjustBaselines(all)).map(plain)).toEqual([
    ' Compared with prod',
    '   ? src/qa.eval.ts > a: baseline: why',
    '   ✗ src/qa.eval.ts > b: baseline: why',
  ])
  expect(renderBaselines([await makeSummary('c')])).toEqual([])
})
