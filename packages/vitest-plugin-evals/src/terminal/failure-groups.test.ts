import { expect, test } from 'vitest'
import type { SampleMeta } from '../protocol.ts'
import { FailureGroups, type FailedTest } from './failure-groups.ts'
import { failedTest } from './failed-test.test-support.ts'

const groupsOf = (tests: readonly FailedTest[]): [FailureGroups, number[]] => {
  const groups = new FailureGroups()
  return [groups, tests.map((one) => groups.add(one))]
}

test('samples that failed in the same way are one group, the largest first', () => {
  const down = (id: string) =>
    failedTest(id, { code: 'EVALS_MODEL_UNAVAILABLE', message: `HTTP 503 after 1.${id} s (req_8f${id}).\nMore.` })
  const wrong = (id: string) => failedTest(id, { name: 'AssertionError', message: `expected '${id}' to be 'x'` })
  const [groups, counts] = groupsOf([wrong('1'), down('2'), down('3'), wrong('4'), down('5')])
  expect(counts).toEqual([1, 1, 2, 2, 3])
  expect(groups.list).toEqual([
    { error: 'EVALS_MODEL_UNAVAILABLE', count: 3, sample: '2', message: 'HTTP 503 after 1.2 s (req_8f2).' },
    { error: 'AssertionError', count: 2, sample: '1', message: "expected '1' to be 'x'" },
  ])
})

test('another code, name or message is another error', () => {
  const errors = [
    { message: 'no such key' },
    { message: 'no such file' },
    { message: 'no such key', name: 'TypeError' },
    { message: 'no such key', code: 'ENOENT' },
  ]
  expect(groupsOf(errors.map((error, id) => failedTest(`${id}`, error)))[1]).toEqual([1, 1, 1, 1])
})

test('failures of scorers are told by the scorer and what it says', () => {
  const broken = (id: string, errors: Readonly<Record<string, string>>): FailedTest => {
    const scorers = Object.entries(errors).map(([name, message]) => `${name}: ${message}`)
    const message = `${scorers.length} of 2 scores failed; the output and the other scores are recorded.\n${scorers.join('\n')}`
    const thrown = { stacks: [], name: 'EvalsError', code: 'EVALS_SCORER_FAILED', message, details: { scorers } }
    const scores = Object.fromEntries(Object.keys(errors).map((name) => [name, 'failed' as const]))
    return {
      name: `qa › ${id}`,
      meta: () => ({ evals: { id, epoch: 0, outcome: 'scored', passed: null, scores, durationMs: 1 } }),
      result: () => ({ state: 'failed', errors: [thrown] }),
    }
  }
  const [groups] = groupsOf([
    broken('a', { rouge1: 'HTTP 503\n  of the model' }),
    broken('b', { rouge2: 'HTTP 503' }),
    broken('c', { rouge1: 'HTTP 502' }),
    broken('d', { rouge1: 'HTTP 503', rouge2: 'HTTP 503' }),
  ])
  const error = 'EVALS_SCORER_FAILED'
  expect(groups.list).toEqual([
    { error, count: 2, sample: 'a', message: 'rouge1: HTTP 503' },
    { error, count: 1, sample: 'b', message: 'rouge2: HTTP 503' },
    { error, count: 1, sample: 'd', message: 'rouge1: HTTP 503; rouge2: HTTP 503' },
  ])
})

test('one whose fixture failed is named as its test; thresholds, passed and skipped tests are none', () => {
  const verdict = { threshold: 't', passed: false, value: null, message: '' }
  const failed = failedTest('a', { message: 'x' })
  const [groups, counts] = groupsOf([
    { ...failed, meta: () => ({}) },
    { ...failed, meta: () => ({ evals: verdict }) },
    {
      ...failed,
      meta: () => ({ evals: { undeclared: { eval: 'qa', variant: {}, error: { name: 'Error', message: 'x' } } } }),
    },
    { ...failed, result: () => ({ state: 'passed', errors: undefined }) },
    { ...failed, result: () => ({ state: 'skipped', errors: undefined, note: 'why' }) },
  ])
  expect(counts).toEqual([1, 0, 0, 0, 0])
  expect(groups.list).toEqual([{ error: 'Error', count: 1, sample: 'qa › a', message: 'x' }])
})

/** A sample's test that did not fail. */
function passing(state: 'passed' | 'skipped', sample: Partial<SampleMeta>): FailedTest {
  const meta: SampleMeta = { id: 'a', epoch: 0, outcome: 'scored', passed: true, scores: {}, durationMs: 1, ...sample }
  return {
    name: 'qa › a',
    meta: () => ({ evals: meta }),
    result: () => (state === 'passed' ? { state, errors: undefined } : { state, errors: undefined, note: 'why' }),
  }
}

test('samples without a score are grouped by what their record says, whatever became of their test', () => {
  const refused = { error: 'EVALS_MODEL_KEY_REFUSED', message: 'not called' }
  const down = { error: 'E_DOWN', message: 'HTTP 503' }
  const silent = { error: 'not scored', message: 'judge: it refused' }
  const stopped = { error: 'EVALS_SAMPLE_CANCELLED', message: 'Ctrl+C' }
  const [groups, counts] = groupsOf([
    passing('skipped', { outcome: 'cancelled', passed: null, unscored: refused }),
    passing('skipped', { outcome: 'error', passed: null, unscored: down }),
    passing('skipped', { outcome: 'error', passed: null, unscored: down, kept: true }),
    passing('passed', { unscored: silent }),
    passing('skipped', { outcome: 'cancelled', passed: null, unscored: stopped }),
    passing('passed', {}),
  ])
  expect(counts).toEqual([1, 1, 1, 1, 0, 0])
  expect(groups.list).toEqual([
    { count: 1, sample: 'a', ...refused },
    { count: 1, sample: 'a', ...down },
    { count: 1, sample: 'a', ...down, error: 'E_DOWN, recorded by an earlier run' },
    { count: 1, sample: 'a', ...silent },
  ])
})

test('failures that an earlier run recorded are told by what was recorded', () => {
  const again = {
    code: 'EVALS_SAMPLE_FAILED_BEFORE',
    message: 'Recorded by an earlier run, and not run again: no',
    details: { reason: 'no' },
  }
  const kept = (sample: Partial<SampleMeta>): FailedTest => ({
    ...failedTest('a', again),
    meta: passing('passed', { kept: true, ...sample }).meta,
  })
  const [{ list }] = groupsOf([
    kept({ outcome: 'timeout', passed: null, unscored: { error: 'EVALS_SAMPLE_TIMEOUT', message: 'too slow' } }),
    kept({ passed: false }),
    kept({ passed: null, scores: { judge: 'failed' } }),
    kept({ passed: null, scores: { judge: 1 } }),
  ])
  const by = ', recorded by an earlier run'
  expect(list).toEqual([
    { count: 1, sample: 'a', error: `EVALS_SAMPLE_TIMEOUT${by}`, message: 'too slow' },
    { count: 1, sample: 'a', error: `wrong answer${by}`, message: 'no' },
    { count: 1, sample: 'a', error: `EVALS_SCORER_FAILED${by}`, message: 'no' },
    { count: 1, sample: 'a', error: `EVALS_PASS_WHEN_FAILED${by}`, message: 'no' },
  ])
})
