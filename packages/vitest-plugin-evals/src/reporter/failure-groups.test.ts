import { expect, test } from 'vitest'
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

test('one whose fixture failed is named as its test; thresholds, passed and skipped tests are none', () => {
  const verdict = { threshold: 't', passed: false, value: null, message: '' }
  const failed = failedTest('a', { message: 'x' })
  const [groups, counts] = groupsOf([
    { ...failed, meta: () => ({}) },
    { ...failed, meta: () => ({ evals: verdict }) },
    { ...failed, meta: () => ({ evals: { undeclared: 'x' } }) },
    { ...failed, result: () => ({ state: 'passed', errors: undefined }) },
    { ...failed, result: () => ({ state: 'skipped', errors: undefined, note: 'why' }) },
  ])
  expect(counts).toEqual([1, 0, 0, 0, 0])
  expect(groups.list).toEqual([{ error: 'Error', count: 1, sample: 'qa › a', message: 'x' }])
})
