import { expect, test } from 'vitest'
import { scoreOutput } from './score-output.ts'

test('scores one answer; a scorer that fails costs no other score', async () => {
  const scores = await scoreOutput({
    input: '2 + 2?',
    output: '4',
    expected: '4',
    scorers: [
      ({ output, expected }) => output === expected,
      { name: 'long', score: ({ input, metadata, tags }) => [input, metadata, tags].length / 3 },
      { name: 'broken', score: () => Promise.reject(new Error('no')) },
    ],
  })
  expect(scores).toEqual({
    scorer1: { value: 1, kind: 'binary' },
    long: { value: 1 },
    broken: { value: null, error: expect.objectContaining({ message: 'no' }) },
  })
})

test('two scorers of a name are refused', async () => {
  const scorer = { name: 'a', score: () => 1 }
  await expect(scoreOutput({ output: '', scorers: [scorer, scorer] })).rejects.toMatchObject({
    code: 'EVALS_SCORER_DUPLICATE',
  })
})
