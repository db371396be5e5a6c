import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { runScorers, type ScoringOptions } from './run-scorers.ts'
import type { Scorer, ScorerInput } from './scorer.ts'

function input(parts: Partial<ScorerInput> = {}): ScorerInput {
  return {
    input: 'q',
    output: 'a',
    expected: 'a',
    metadata: {},
    tags: [],
    calls: [],
    trace: [],
    usage: {},
    costUsd: null,
    durationMs: 1,
    epoch: 0,
    variant: {},
    signal: new AbortController().signal,
    ...parts,
  }
}

function run(scorers: readonly Scorer[], parts: Partial<ScorerInput> = {}, options: Partial<ScoringOptions> = {}) {
  return runScorers(scorers, input(parts), { timeoutMs: 100, clock: new ManualClock(), ...options })
}

const one: Scorer = { name: 'one', score: () => 1 }

test('all run side by side, and come in the order they are declared', async () => {
  const gate = Promise.withResolvers<void>()
  const waiting: Scorer = { name: 'waiting', score: async () => (await gate.promise, 0.5) }
  const opening: Scorer = { name: 'opening', score: () => (gate.resolve(), true) }
  const { scores, errors } = await run([waiting, opening])
  expect(Object.entries(scores)).toEqual([
    ['waiting', { value: 0.5 }],
    ['opening', { value: 1, kind: 'binary' }],
  ])
  expect(errors).toEqual([])
})

test('one that throws, returns nonsense or takes too long costs no other score', async () => {
  const clock = new ManualClock()
  const failure = new TypeError('no such field')
  const signals: AbortSignal[] = []
  const running = run(
    [
      one,
      { name: 'throws', score: () => Promise.reject(failure) },
      { name: 'nonsense', score: () => 'good' as never },
      { name: 'slow', score: ({ signal }) => (signals.push(signal), new Promise(() => {})) },
    ],
    {},
    { clock },
  )
  await setImmediate()
  clock.advance(100)
  const { scores, errors } = await running
  expect(scores).toEqual({
    one: { value: 1 },
    throws: { value: null, error: { name: 'TypeError', message: 'no such field', stack: failure.stack } },
    nonsense: { value: null, error: expect.objectContaining({ code: 'EVALS_SCORE_INVALID' }) },
    slow: { value: null, error: expect.objectContaining({ code: 'EVALS_SCORER_TIMEOUT' }) },
  })
  expect(errors).toHaveLength(3)
  expect(errors[0]).toBe(failure)
  expect(signals[0]?.aborted).toBe(true)
})

test('a cancelled run ends them all', async () => {
  const controller = new AbortController()
  const running = run([{ name: 'slow', score: () => new Promise(() => {}) }], { signal: controller.signal })
  controller.abort()
  expect((await running).scores['slow']).toMatchObject({ value: null, error: { code: 'EVALS_SAMPLE_CANCELLED' } })
})

test('without `expected` a scorer that needs it says which columns there are', async () => {
  const needing: Scorer = { name: 'exact', needsExpected: true, score: () => 1 }
  const missing = async (columns?: string[]): Promise<string | undefined> =>
    (await run([needing, one], { expected: undefined }, columns === undefined ? {} : { columns })).scores['exact']
      ?.error?.message
  expect(await missing(['question', 'answer'])).toBe(
    'The scorer "exact" needs `expected`. The row has question, answer: add a column `expected`, or name one: { expected: \'answer\' }.',
  )
  expect(await missing()).toContain('The row is a plain text')
  for (const expected of [null, '', 0, false])
    expect((await run([needing], { expected })).scores['exact']).toEqual({ value: 1 })
})

test('a name that is taken is the error of the later scorer, under a name of its own', async () => {
  const twice: Scorer = {
    name: 'judge',
    score: () => [
      { name: 'one', value: 0 },
      { name: 'other', value: 0.5 },
    ],
  }
  const { scores, judged } = await run([one, twice], {}, { taken: { own: { value: 3 } } })
  expect(scores).toEqual({
    own: { value: 3 },
    one: { value: 1 },
    judge: { value: null, error: expect.objectContaining({ code: 'EVALS_SCORER_DUPLICATE' }) },
    other: { value: 0.5, scorer: 'judge' },
  })
  expect(judged).toEqual([one])
  const again = await run([one], {}, { taken: { one: { value: 3 } } })
  expect(again.scores).toEqual({
    one: { value: 3 },
    'one (2)': {
      value: null,
      scorer: 'one',
      error: expect.objectContaining({ code: 'EVALS_SCORER_DUPLICATE' }),
    },
  })
})
