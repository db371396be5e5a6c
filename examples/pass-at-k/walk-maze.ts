/** How a walk ended. */
export interface Walk {
  readonly reachedGoal: boolean
  readonly explanation: string
}

/** Walks a route, such as `RRD`, through a maze. A letter that is no direction, and a step into a wall, end the walk. */
export function walkMaze(maze: string, route: string): Walk {
  const rows = maze.split('\n')
  let row = rows.findIndex((line) => line.includes('S'))
  let column = rows[row]!.indexOf('S')
  for (const [index, letter] of [...route.trim()].entries()) {
    const [down, right] = steps[letter] ?? [Number.NaN, Number.NaN]
    row += down
    column += right
    const field = rows[row]?.[column] ?? '#'
    if (field === '#') return { reachedGoal: false, explanation: `step ${index + 1}, ${letter}, leads nowhere` }
    if (field === 'G') return { reachedGoal: true, explanation: `there after ${index + 1} steps` }
  }
  return { reachedGoal: false, explanation: 'ends before the goal' }
}

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  U: [-1, 0],
  D: [1, 0],
  L: [0, -1],
  R: [0, 1],
}
