/** A maze: `S` is the start, `G` the goal, `#` a wall. */
export interface Maze {
  readonly id: string
  readonly maze: string
}

/** Three mazes, the first one easy. */
export const mazes: readonly Maze[] = [
  { id: 'corner', maze: ['S..', '..#', '..G'].join('\n') },
  { id: 'wall', maze: ['S#.', '.#.', '..G'].join('\n') },
  { id: 'detour', maze: ['S#G.', '.#.#', '...#'].join('\n') },
]
