import { evalTest } from 'vitest-plugin-evals'
import { passAt, passHat } from 'vitest-plugin-evals/reducers'
import { mazes } from './mazes.ts'
import { pathfinder } from './pathfinder.ts'
import { walkMaze } from './walk-maze.ts'

const test = evalTest.extend('model', { scope: 'worker' }, pathfinder)

const question = (maze: string) =>
  `Find a way from S to G; # is a wall. Answer with the steps only, such as UDLR.\n\n${maze}`

// Each epoch asks with a seed of its own.
test.each(mazes)('mazes', ({ maze }, { model, epoch }) => model.generate(question(maze), { seed: epoch }), {
  scorers: [
    // The answer is data: it is walked, never run.
    function solved({ input, output }) {
      const { reachedGoal, explanation } = walkMaze(input.maze, output)
      return { value: reachedGoal, explanation }
    },
  ],
  epochs: 10,
  reducer: [passAt(1), passAt(5), passHat(5)],
  thresholds: { solved: { passAt1: 0.5, passAt5: 0.8 } },
})
