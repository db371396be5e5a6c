import { scoreOutput } from '@evals/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evalsOf, type EvalsRun } from '../run-evals.ts'
import { plainWords } from './plain-words.ts'

const evals = evalsOf(import.meta.dirname)
let run: EvalsRun

beforeAll(async () => {
  run = await evals.run()
}, 60_000)

afterAll(evals.remove)

test('each sample is scored by all three, with reasons', () => {
  expect(Object.fromEntries(run.records.map(({ id, scores }) => [id, scores]))).toEqual({
    sent: {
      isShort: { value: 1, kind: 'binary' },
      tellsFacts: { value: 1, explanation: 'tells all' },
      plainWords: { value: 1, explanation: '3.4 letters a word', metadata: { longest: 'parcel' } },
    },
    late: {
      isShort: { value: 1, kind: 'binary' },
      tellsFacts: { value: 1, explanation: 'tells all' },
      plainWords: { value: 1, explanation: '3.6 letters a word', metadata: { longest: 'parcel' } },
    },
    returned: {
      isShort: { value: 1, kind: 'binary' },
      tellsFacts: { value: 1, explanation: 'tells all' },
      plainWords: { value: 1, explanation: '3.9 letters a word', metadata: { longest: 'Tuesday' } },
    },
    lost: {
      isShort: { value: 0, kind: 'binary' },
      tellsFacts: { value: 0.5, explanation: 'does not tell the day' },
      plainWords: {
        value: expect.closeTo(0.52),
        explanation: '7.4 letters a word',
        metadata: { longest: 'investigations' },
      },
    },
  })
})

test('the run has means, the metric of `plainWords`, and a verdict', () => {
  expect(run.document.evals['delivery-notes.eval.ts > delivery notes']).toMatchObject({
    samples: { total: 4, scored: 4 },
    scorers: {
      isShort: { n: 4, mean: 0.75, kind: 'binary', method: 'wilson' },
      tellsFacts: { n: 4, mean: 0.875, kind: 'graded', range: [0, 1] },
      plainWords: { n: 4, mean: expect.closeTo(0.88), metrics: { least: { value: expect.closeTo(0.52), n: 4 } } },
    },
    verdict: true,
  })
})

test('a scorer is tried out alone with `scoreOutput`', async () => {
  const scorers = [plainWords({ plain: 4, heavy: 8 })]
  expect(await scoreOutput({ output: 'Good kittens meow', scorers })).toEqual({
    plainWords: { value: 0.75, explanation: '5.0 letters a word', metadata: { longest: 'kittens' } },
  })
  expect(await scoreOutput({ output: '42', scorers })).toEqual({
    plainWords: { value: null, explanation: 'there are no words' },
  })
})
