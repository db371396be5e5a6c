import { readThresholds, ResultSet, type Thresholds } from '@evals/core'
import { mean, passAt } from '@evals/core/reducers'
import { expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import type { EvalPlan } from './eval-plan.ts'
import { runThresholdTest } from './threshold-test.ts'

/** The verdict on the only bound of an eval with reducers, of which one sample was scored. */
async function verdictOn(thresholds: Thresholds): Promise<unknown> {
  const results = new ResultSet()
  results.add({ id: 'a', epoch: 0, outcome: 'scored', passed: true, scores: { right: 1 }, durationMs: 1, costUsd: 2 })
  const [threshold] = readThresholds(thresholds, [])
  const plan = {
    eval: 'e',
    variant: {},
    sharded: false,
    planned: [{ sample: { id: 'a' }, epoch: 0 }],
    skipped: new Map(),
    scorers: [{ name: 'right' }],
    reducers: [mean, passAt(2)],
    results,
  }
  const context = { task: { meta: {} as { evals?: unknown } } }
  await runThresholdTest(plan as unknown as EvalPlan, threshold!, context as unknown as TestContext).catch(() => {})
  return context.task.meta.evals
}

test('a bound on the mean cost holds, also where a reducer is named `mean`', async () => {
  expect(await verdictOn({ costUsd: { mean: 2 } })).toMatchObject({ passed: true, value: 2 })
  expect(await verdictOn({ right: { mean: 1 } })).toMatchObject({ passed: true, value: 1 })
})

test('a reducer without a result says why, and of a score that there is not, this', async () => {
  expect(await verdictOn({ right: { passAt2: 1 } })).toMatchObject({
    passed: false,
    message: expect.stringContaining('no sample has enough scored epochs of "right" for passAt2'),
  })
  expect(await verdictOn({ wrong: { passAt2: 1 } })).toMatchObject({
    passed: false,
    message: expect.stringContaining('The eval has no score named "wrong"'),
  })
})
