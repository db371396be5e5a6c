/** The length of the longest common subsequence of two lists. Time grows with the product of the lengths. */
export function commonLength(a: readonly string[], b: readonly string[]): number {
  let previous = new Uint32Array(b.length + 1)
  let row = new Uint32Array(b.length + 1)
  for (const item of a) {
    for (let column = 1; column <= b.length; column++) {
      row[column] = item === b[column - 1] ? previous[column - 1]! + 1 : Math.max(previous[column]!, row[column - 1]!)
    }
    ;[previous, row] = [row, previous]
  }
  return previous[b.length]!
}

/** The indices in `a` of one longest common subsequence; of several the one that is found from the ends. */
export function commonIndices(a: readonly string[], b: readonly string[]): number[] {
  const rows = [new Uint32Array(b.length + 1)]
  for (const [index, item] of a.entries()) {
    const previous = rows[index]!
    const row = new Uint32Array(b.length + 1)
    for (let column = 1; column <= b.length; column++) {
      row[column] = item === b[column - 1] ? previous[column - 1]! + 1 : Math.max(previous[column]!, row[column - 1]!)
    }
    rows.push(row)
  }
  const indices: number[] = []
  for (let index = a.length, column = b.length; index > 0 && column > 0;) {
    if (a[index - 1] === b[column - 1]) {
      indices.push(index - 1)
      index -= 1
      column -= 1
    } else if (rows[index]![column - 1]! > rows[index - 1]![column]!) column -= 1
    else index -= 1
  }
  return indices.toReversed()
}
