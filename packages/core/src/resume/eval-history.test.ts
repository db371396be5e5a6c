import { expect, test } from 'vitest'
import { makeRecord } from '../testing/make-entry.ts'
import { EvalHistory } from './eval-history.ts'
import { planResume } from './plan-resume.ts'

const a = { id: 'a', epoch: 0 }
const rescored = { revision: 1, revisionSize: 2 }

function historyOf(...records: readonly Parameters<typeof makeRecord>[0][]): EvalHistory {
  const history = new EvalHistory()
  for (const record of records) history.add(makeRecord(record))
  return history
}

test('while a revision is incomplete, what is known of a sample is that of the one before', () => {
  const before = [
    { id: 'a', rowHash: 'old' },
    { id: 'b', rowHash: 'old' },
  ]
  const incomplete = historyOf(...before, { id: 'a', rowHash: 'new', ...rescored })
  expect(incomplete.revision).toBe(0)
  expect(incomplete.get(a)).toMatchObject({ counting: { rowHash: 'old' }, answer: { rowHash: 'old' } })
  incomplete.add(makeRecord({ id: 'a', rowHash: 'newest', ...rescored }))
  incomplete.add(makeRecord({ id: 'b', rowHash: 'new', ...rescored }))
  expect(incomplete.revision).toBe(1)
  expect(incomplete.get(a)).toMatchObject({ counting: { rowHash: 'newest' }, answer: { rowHash: 'newest' } })
  incomplete.add(makeRecord({ id: 'a', rowHash: 'late' }))
  expect(incomplete.get(a)).toMatchObject({ counting: { rowHash: 'newest' } })
})

test('beginning anew passes an incomplete revision over', () => {
  const history = historyOf({ id: 'a' }, { id: 'b' }, { id: 'a', ...rescored })
  const planned = ['a', 'b'].map((id) => ({ sample: { id, rowHash: '0123456789abcdef' }, epoch: 0 }))
  const request = { eval: 'qa.eval.ts > capitals', variant: {}, planned, scorers: [], task: {} }
  expect(planResume({ ...request, mode: 'auto', history }).revision).toBe(0)
  const restarted = planResume({ ...request, mode: 'restart', history })
  expect({ revision: restarted.revision, counts: restarted.counts }).toEqual({
    revision: 2,
    counts: { keep: 0, score: 0, run: 2 },
  })
})
