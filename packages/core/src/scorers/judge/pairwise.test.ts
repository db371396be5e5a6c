import { expect, test } from 'vitest'
import { EvalsError } from '../../errors.ts'
import type { SampleRecord } from '../../record/record.ts'
import { isStopped } from '../../sample/is-stopped.ts'
import { makeRecord } from '../../testing/make-entry.ts'
import { judgeSample } from '../judge.test-support.ts'
import { pairwise } from './pairwise.ts'
import { scriptedModel, verdict } from './scripted-model.test-support.ts'

const sample = { input: 'q', output: 'mine', expected: 'theirs' }
const compare = async (first: string, second: string) =>
  judgeSample(pairwise({ model: scriptedModel([verdict(first), verdict(second)]) }), sample)

test.for([
  ['first', 'second', 1, 'output', 'output'],
  ['second', 'first', 0, 'other', 'other'],
  ['tie', 'tie', 0.5, 'tie', 'tie'],
  ['first', 'first', 0.5, 'output', 'other'],
  ['second', 'second', 0.5, 'other', 'output'],
  ['first', 'tie', 0.5, 'output', 'tie'],
  ['tie', 'first', 0.5, 'tie', 'other'],
] as const)('%s, then %s: %d', async ([one, two, value, outputFirst, outputSecond]) => {
  expect(await compare(one, two)).toMatchObject({
    value,
    metadata: { judge: 'scripted:judge-1', prompt: 'pairwise', promptVersion: '1', outputFirst, outputSecond },
  })
})

test('both orders are asked, by the criterion', async () => {
  const model = scriptedModel([verdict('first'), verdict('second')])
  await judgeSample(pairwise({ model, criterion: 'clarity', other: () => 'old' }), sample)
  const answers = model.calls.map(({ user }) => /first answer>\n(\w+)\n.*second answer>\n(\w+)\n/s.exec(user)!.slice(1))
  expect(answers).toEqual([
    ['mine', 'old'],
    ['old', 'mine'],
  ])
  expect(model.calls[0]!.system).toContain('criterion:\nclarity')
})

test('one verdict that cannot be read is none', async () => {
  expect(await compare('first', 'the second one')).toMatchObject({
    value: null,
    metadata: { problem: 'the verdict "the second one" is none of first, second, tie' },
  })
})

test('there must be something to compare with', async () => {
  const model = scriptedModel([])
  expect(pairwise({ model }).needsExpected).toBe(true)
  expect(pairwise({ model, other: () => 'x' }).needsExpected).toBe(false)
  await expect(judgeSample(pairwise({ model }), { output: 'x' })).rejects.toMatchObject({
    code: 'EVALS_EXPECTED_MISSING',
  })
})

test('if both calls fail, the reason of both is kept', async () => {
  const spent = new EvalsError('EVALS_BUDGET_SPENT', 'spent')
  const failure = await judgeSample(pairwise({ model: scriptedModel([spent, spent]) }), sample).catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({ code: 'EVALS_SCORER_FAILED', message: 'pairwise: 2 of 2 judges failed' })
  expect(isStopped(failure)).toBe(true)
})

test('consistency and position bias are of all records', async () => {
  const scorer = pairwise({ model: scriptedModel([]) })
  const verdicts = [
    ['output', 'output'],
    ['output', 'other'],
    ['output', 'other'],
    ['other', 'output'],
    ['tie', 'tie'],
  ]
  const records = verdicts.map(([outputFirst, outputSecond]) =>
    makeRecord({ scores: { pairwise: { value: 0.5, metadata: { outputFirst, outputSecond } } } }),
  )
  const unread = makeRecord({ scores: { pairwise: { value: null, metadata: { problem: 'x' } } } })
  const metric = async (name: string, given: readonly SampleRecord[]) =>
    scorer.metrics?.find((one) => one.name === name)?.compute(given)
  expect(await metric('consistency', [...records, unread])).toEqual({
    value: 2 / 5,
    n: 5,
    interval: { lower: expect.closeTo(0.1176, 3), upper: expect.closeTo(0.7693, 3), method: 'wilson', level: 0.95 },
  })
  expect(await metric('positionBias', [...records, unread])).toEqual({ value: 1 / 5, n: 5 })
  expect(await metric('consistency', [unread])).toBeNull()
  expect(await metric('positionBias', [])).toBeNull()
})
