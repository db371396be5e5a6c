import { expect, onTestFinished, test } from 'vitest'
import { evalsOf } from '../run-evals.ts'
import scoresBefore from './before/scores.json' with { type: 'json' }

test('the eval gives the scores that it gave as an evalite file', async () => {
  const evals = evalsOf(import.meta.dirname)
  onTestFinished(evals.remove)
  const { records } = await evals.run()

  // Both of the two epochs, as each trial did.
  expect(records).toHaveLength(2 * 2 * 4)
  const scores = { first: {}, longest: {} }
  for (const {
    variant,
    input,
    scores: { Levenshtein, Short },
  } of records) {
    const sentence = variant['sentence'] as keyof typeof scores
    Object.assign(scores[sentence], { [String(input)]: { Levenshtein: Levenshtein!.value, Short: Short!.value } })
  }
  expect(scores).toEqual(scoresBefore)
}, 60_000)
