import { expect, onTestFinished, test } from 'vitest'
import { evalsOf } from '../run-evals.ts'
import { walkMaze } from './walk-maze.ts'

test('of ten attempts nine, five and two are right: how often one of k is, and how often all of k are', async () => {
  const evals = evalsOf(import.meta.dirname)
  onTestFinished(evals.remove)
  const { document } = await evals.run()

  const mean = (...values: number[]): unknown =>
    expect.closeTo(values.reduce((sum, value) => sum + value) / values.length)
  expect(document.evals['mazes.eval.ts > mazes']).toMatchObject({
    samples: { total: 30, scored: 30 },
    scorers: {
      solved: {
        // Three mazes: the epochs of one count as one.
        n: 3,
        mean: mean(0.9, 0.5, 0.2),
        metrics: {
          passAt1: { n: 3, value: mean(0.9, 0.5, 0.2) },
          // 1 − C(10−c, 5) / C(10, 5), and C(c, 5) / C(10, 5) with C(10, 5) = 252.
          passAt5: { n: 3, value: mean(1, 1 - 1 / 252, 1 - 56 / 252) },
          passHat5: { n: 3, value: mean(126 / 252, 1 / 252, 0) },
        },
      },
    },
    verdict: true,
  })
}, 60_000)

test.each([
  ['DDRR', true, 'there after 4 steps'],
  ['RRRR', false, 'step 3, R, leads nowhere'],
  ['DD', false, 'ends before the goal'],
  ['D; process.exit()', false, 'step 2, ;, leads nowhere'],
])('the route %s', (route, reachedGoal, explanation) => {
  expect(walkMaze('S..\n..#\n..G', route)).toEqual({ reachedGoal, explanation })
})
