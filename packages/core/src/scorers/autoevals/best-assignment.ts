/**
 * Pairs of a row and a column, each in at most one, whose values have the greatest sum: the Hungarian method (Kuhn 1955)
 * with potentials, in time rows² · columns.
 */
export function bestAssignment(values: readonly (readonly number[])[]): [row: number, column: number][] {
  const height = values.length
  const width = values[0]?.length ?? 0
  if (height > width) {
    const turned = Array.from({ length: width }, (_, column) => values.map((row) => row[column]!))
    return bestAssignment(turned)
      .map(([row, column]): [number, number] => [column, row])
      .toSorted(([a], [b]) => a - b)
  }
  // The method looks for the least sum; rows and columns count from 1, column 0 is where a new row starts.
  const cost = (row: number, column: number): number => -values[row - 1]![column - 1]!
  const rowPotential = new Float64Array(height + 1)
  const columnPotential = new Float64Array(width + 1)
  const rowOf = new Int32Array(width + 1)
  for (let row = 1; row <= height; row++) {
    const slack = new Float64Array(width + 1).fill(Infinity)
    const before = new Int32Array(width + 1)
    const used = new Uint8Array(width + 1)
    rowOf[0] = row
    let column = 0
    while (rowOf[column] !== 0) {
      used[column] = 1
      const current = rowOf[column]!
      let nearest = 0
      let least = Infinity
      for (let other = 1; other <= width; other++) {
        if (used[other] === 1) continue
        const reduced = cost(current, other) - rowPotential[current]! - columnPotential[other]!
        if (reduced < slack[other]!) {
          slack[other] = reduced
          before[other] = column
        }
        if (slack[other]! < least) {
          least = slack[other]!
          nearest = other
        }
      }
      for (let other = 0; other <= width; other++) {
        if (used[other] === 1) {
          rowPotential[rowOf[other]!]! += least
          columnPotential[other]! -= least
        } else slack[other]! -= least
      }
      column = nearest
    }
    for (; column !== 0; column = before[column]!) rowOf[column] = rowOf[before[column]!]!
  }
  return [...rowOf.entries()]
    .flatMap(([column, row]): [number, number][] => (column > 0 && row > 0 ? [[row - 1, column - 1]] : []))
    .toSorted(([a], [b]) => a - b)
}
