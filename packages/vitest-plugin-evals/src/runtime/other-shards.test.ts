import { MemoryStore, ResultSet, type SampleRecord } from '@evals/core'
import { makeRecord } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { missingSamples, type EvalPlan } from './eval-plan.ts'
import { addOtherShards } from './other-shards.ts'

const own = { eval: 'e', variant: {}, revision: 1 }
const right = { right: { value: 1 } }

/** The plan of a shard that has recorded `a`, before it looks for the other's samples. */
function planOf(records: readonly SampleRecord[], parts: Partial<EvalPlan> = {}): EvalPlan {
  const store = new MemoryStore()
  for (const record of records) store.append('x', { record, attachments: [] })
  const results = new ResultSet(1)
  results.leaveOutScorers(['former'])
  results.add({ id: 'a', epoch: 0, outcome: 'scored', passed: true, scores: { right: 1 }, durationMs: 1, revision: 1 })
  const plan = {
    ...own,
    run: { store, experiment: 'x' },
    sharded: true,
    planned: ['a', 'b', 'c'].map((id) => ({ sample: { id }, epoch: 0 })),
    recorded: new Set(['a']),
    skipped: new Map(),
    resumed: { plan: { revision: 1 } },
    results,
    ...parts,
  }
  return plan as unknown as EvalPlan
}

test('what another shard has recorded meanwhile counts; the winning record of each sample, without former scorers', async () => {
  const plan = planOf([
    makeRecord({ ...own, id: 'b', scores: { right: { value: 0 }, former: { value: 0 } } }),
    makeRecord({ ...own, id: 'b', outcome: 'error', scores: {} }),
    makeRecord({ ...own, id: 'c', outcome: 'error', scores: {} }),
    makeRecord({ ...own, id: 'c', scores: right }),
  ])
  expect(missingSamples(plan)).toBe(2)
  await addOtherShards(plan)
  expect(missingSamples(plan)).toBe(0)
  expect([...plan.results.values()].map(({ id, scores }) => [id, scores])).toEqual([
    ['a', { right: 1 }],
    ['b', { right: 0 }],
    ['c', { right: 1 }],
  ])
})

test('not what is its own, not planned, of another revision or of another variant', async () => {
  const plan = planOf([
    makeRecord({ ...own, id: 'a', scores: { right: { value: 0 } } }),
    makeRecord({ ...own, id: 'd', scores: right }),
    makeRecord({ ...own, id: 'b', revision: 2, scores: right }),
    makeRecord({ ...own, id: 'c', variant: { model: 'small' }, scores: right }),
  ])
  await addOtherShards(plan)
  expect([...plan.results.values()].map(({ id, scores }) => [id, scores])).toEqual([['a', { right: 1 }]])
})

test('it looks once for all gates, and not at all where nobody else runs samples', async () => {
  const record = makeRecord({ ...own, id: 'b', scores: right })
  const alone = planOf([record], { sharded: false })
  await addOtherShards(alone)
  expect(alone.results.size).toBe(1)

  const plan = planOf([record])
  await addOtherShards(plan)
  plan.results.remove(['b'])
  await addOtherShards(plan)
  expect(plan.results.size).toBe(1)
})
