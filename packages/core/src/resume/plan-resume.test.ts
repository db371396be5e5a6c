import { expect, test } from 'vitest'
import type { SampleRecord } from '../record/record.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { fingerprintsOf } from '../scoring/scorer-fingerprint.ts'
import { makeRecord } from '../testing/make-entry.ts'
import { describeDrift } from './drift.ts'
import { taskChanges } from './eval-fingerprint.ts'
import { EvalHistory } from './eval-history.ts'
import { planResume, type PlannedRepetition, type ResumeRequest } from './plan-resume.ts'

const rowHash = makeRecord().rowHash
const equal: Scorer = { name: 'equal', score: () => 1 }
const scorers = fingerprintsOf([equal])

function planned(...ids: string[]): PlannedRepetition[] {
  return ids.map((id) => ({ sample: { id, rowHash }, epoch: 0 }))
}

function scored(id: string, parts: Partial<SampleRecord> = {}): SampleRecord {
  return makeRecord({ id, scores: { equal: { value: 1 } }, scorers, ...parts })
}

function historyOf(...records: SampleRecord[]): EvalHistory {
  const history = new EvalHistory()
  for (const record of records) history.add(record)
  return history
}

function request(parts: Partial<ResumeRequest> = {}): ResumeRequest {
  return {
    mode: 'auto',
    eval: 'qa.eval.ts > capitals',
    variant: { model: 'mini' },
    planned: planned('a', 'b'),
    scorers: [equal],
    task: { task: 'v1' },
    ...parts,
  }
}

test('a new experiment runs everything, and nothing has drifted', () => {
  const { decide, results, ...plan } = planResume(request())
  expect(plan).toEqual({
    revision: 0,
    fingerprint: { task: 'v1', revision: 0, scorers },
    removedScorers: [],
    toScore: [],
    counts: { keep: 0, score: 0, run: 2 },
  })
  expect(results.size).toBe(0)
  expect(planned('a', 'b').map(decide)).toEqual([
    { action: 'run', why: 'new' },
    { action: 'run', why: 'new' },
  ])
})

test('added, removed and changed rows are told by id; removed ones leave the results', () => {
  const { drift, results, counts, toScore } = planResume(
    request({
      planned: planned('a', 'b', 'd', 'c'),
      history: historyOf(scored('a'), scored('b', { rowHash: 'fedcba9876543210' }), scored('gone')),
      before: { revision: 0, task: 'v1', scorers: { ...scorers, old: 'x' } },
    }),
  )
  expect(drift).toEqual({
    added: ['d', 'c'],
    removed: ['gone'],
    relabelled: ['b'],
    scorers: [{ name: 'old', change: 'removed' }],
    task: [],
  })
  expect([...results.values()].map(({ id }) => id)).toEqual(['a', 'b'])
  expect(counts).toEqual({ keep: 1, score: 1, run: 2 })
  expect(toScore).toEqual(['b'])
  expect(describeDrift(drift!, 1)).toEqual([
    '2 without a record, added or not reached yet: d and 1 more',
    '1 not planned any more, left out of the totals: gone',
    '1 with a changed row, judged again, or run where the input changed: b',
    'scorer removed: old',
  ])
})

test('a changed task or model is refused with what changed and what to do', () => {
  const before = { revision: 0, task: 'v1', models: { answering: 'openai:mini', judge: 'x' }, scorers }
  const task = { task: 'v2', models: { answering: 'openai:mini temperature=1', other: 'y' } }
  const parts = { before, task, history: historyOf(scored('a')) }
  expect(() => planResume(request(parts))).toThrow(
    expect.objectContaining({
      code: 'EVALS_EXPERIMENT_DRIFTED',
      message: expect.stringMatching(
        /^"qa\.eval\.ts > capitals \[model=mini\]" is not what the 1 answer .+ the task \(v1 → v2\); the model "answering" \(openai:mini → openai:mini temperature=1\)\. .+'force'.+'restart'/,
      ),
      details: {
        eval: 'qa.eval.ts > capitals [model=mini]',
        changes: ['the task (v1 → v2)', 'the model "answering" (openai:mini → openai:mini temperature=1)'],
        recorded: 1,
      },
    }),
  )
  expect(() => planResume(request({ ...parts, mode: 'missing' }))).toThrow('is not what')
  const forced = planResume(request({ ...parts, mode: 'force' }))
  expect(forced.counts).toEqual({ keep: 1, score: 0, run: 1 })
  expect(forced.drift?.task).toHaveLength(2)
  const changed = forced.drift!.task
  expect(forced.fingerprint).toEqual({ ...task, revision: 0, scorers, forced: changed })
  const { fingerprint: rerun } = planResume(request({ ...parts, mode: 'force', rerun: true }))
  expect(rerun).toEqual({ ...task, revision: 0, scorers })
  const later = planResume(request({ task, history: historyOf(scored('a')), before: forced.fingerprint }))
  expect(later.fingerprint).toEqual(forced.fingerprint)
  const { fingerprint: anew } = planResume(request({ ...parts, mode: 'restart', before: forced.fingerprint }))
  expect(anew).toEqual({ ...task, revision: 1, scorers })
})

test.for<[string, Partial<ResumeRequest>]>([
  ['nothing is recorded', { history: historyOf() }],
  ['nothing is known of the earlier task', { before: { revision: 0, scorers } }],
  ['the document tells of another revision', { history: historyOf(scored('a', { revision: 1 })) }],
])('nothing is refused where %s', ([, parts]) => {
  const before = { revision: 0, task: 'v0', scorers }
  expect(() => planResume(request({ before, history: historyOf(scored('a')), ...parts }))).not.toThrow()
})

test('a restart begins the next revision with empty results', () => {
  const history = historyOf(scored('a', { revision: 1 }))
  const plan = planResume(request({ mode: 'restart', history, task: { task: 'v2' } }))
  expect(plan).toMatchObject({ revision: 2, counts: { keep: 0, score: 0, run: 2 } })
  expect(plan.results.size).toBe(0)
  plan.results.add({ id: 'a', epoch: 0, outcome: 'error', passed: null, scores: {}, durationMs: 1, revision: 2 })
  expect(plan.results.size).toBe(1)
})

test('a restart that ended before its first record goes on as one', () => {
  const history = historyOf(scored('a'))
  const before = planResume(request({ mode: 'restart', history, task: { task: 'v2' } })).fingerprint
  const plan = planResume(request({ history: historyOf(scored('a')), before, task: { task: 'v2' } }))
  expect(plan).toMatchObject({ revision: 1, counts: { keep: 0, score: 0, run: 2 } })
})

test('scores of scorers that were removed leave the results, those of the task and of other names stay', () => {
  const judge: Scorer = { name: 'judge', score: () => [{ name: 'tone', value: 1 }] }
  const before = { equal: { value: 1 }, mood: { value: 1, scorer: 'gone' }, gone: { value: null, scorer: 'gone' } }
  const kept = { tone: { value: 1, scorer: 'judge' }, ownScore: { value: 0.5 }, assertions: { value: 1 } }
  const judged = { equal: 'x', gone: 'y', ...fingerprintsOf([judge]) }
  const failing = { broken: { value: null, error: { name: 'Error', message: 'no' } } }
  const { removedScorers, results, counts } = planResume(
    request({
      history: historyOf(
        scored('a', { scores: { ...before, ...kept }, scorers: judged }),
        scored('b', { scores: { ...kept, ...failing }, scorers: fingerprintsOf([judge]) }),
      ),
      scorers: [judge],
    }),
  )
  expect(counts).toEqual({ keep: 2, score: 0, run: 0 })
  expect(removedScorers).toEqual(['equal', 'gone', 'broken'])
  const scores = { tone: 1, ownScore: 0.5, assertions: 1 }
  expect([...results.values()].map((result) => result.scores)).toEqual([scores, scores])
  results.add({ id: 'c', epoch: 0, outcome: 'scored', passed: true, scores: { equal: 1, tone: 0 }, durationMs: 1 })
  expect(results.get({ id: 'c', epoch: 0 })?.scores).toEqual({ tone: 0 })
  // Another scorer gives a score of the same name.
  const mood = { scores: { mood: 1 }, givers: { mood: 'judge' } }
  results.add({ id: 'd', epoch: 0, outcome: 'scored', passed: true, durationMs: 1, ...mood })
  expect(results.get({ id: 'd', epoch: 0 })?.scores).toEqual({ mood: 1 })
})

test('what a removed scorer failed with fails no sample any more; what the task failed to score does', () => {
  const failing = { value: null, error: { name: 'Error', message: 'no' } }
  const history = historyOf(
    scored('a', { passed: null, scores: { equal: { value: 1 }, gone: failing } }),
    scored('b', { passed: null, scores: { equal: { value: 1 }, own: failing } }),
  )
  const { removedScorers, results, decide } = planResume(
    request({ history, before: { revision: 0, task: 'v1', scorers: { ...scorers, gone: 'x' } } }),
  )
  expect(removedScorers).toEqual(['gone'])
  expect([...results.values()].map((result) => result.scores)).toEqual([{ equal: 1 }, { equal: 1, own: 'failed' }])
  expect(planned('a', 'b').map(decide)).toEqual([{ action: 'score', scorers: [], why: 'verdict' }, { action: 'keep' }])
})

test('of a changed task the files are told that changed, where both are known', () => {
  const files = { 'qa.eval.ts': '1', 'prompt.ts': '1', 'old.ts': '1', 'same.ts': '1' }
  const now = { 'qa.eval.ts': '2', 'prompt.ts': '1', 'new.ts': '1', 'same.ts': '1' }
  expect(taskChanges({ task: 'a', files }, { task: 'b', files: now })).toEqual([
    'the task (qa.eval.ts changed, new.ts added, old.ts left out)',
  ])
  expect(taskChanges({ task: 'a', files }, { task: 'v2' })).toEqual(['the task (a → v2)'])
  const many = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`${index}.ts`, '1']))
  expect(taskChanges({ task: 'a', files: {} }, { task: 'b', files: many })).toEqual([
    'the task (0.ts added, 1.ts added, 2.ts added, 3.ts added, 4.ts added, 2 more)',
  ])
})
