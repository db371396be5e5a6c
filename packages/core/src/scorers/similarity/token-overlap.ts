/** Precision, recall and their harmonic mean, each from 0 to 1. */
export interface Overlap {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** How many of each there are. */
export function countItems(items: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** How many items two collections share, each as often as it is in both: Σ min(count in a, count in b). */
export function countShared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0
  for (const [item, count] of a) shared += Math.min(count, b.get(item) ?? 0)
  return shared
}

/** `precision = shared / found`, `recall = shared / wanted`, `f1 = 2·precision·recall / (precision + recall)`, 0 for 0/0. */
export function overlapOf(shared: number, found: number, wanted: number): Overlap {
  if (shared === 0) return { precision: 0, recall: 0, f1: 0 }
  const precision = shared / found
  const recall = shared / wanted
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

/** The overlap of two lists of tokens as multisets. */
export function tokenOverlap(found: readonly string[], wanted: readonly string[]): Overlap {
  return overlapOf(countShared(countItems(found), countItems(wanted)), found.length, wanted.length)
}

/** The one of several that rates best; the first where several do. */
export function bestBy<Item>([first, ...more]: readonly [Item, ...Item[]], rate: (item: Item) => number): Item {
  return more.reduce((best, item) => (rate(item) > rate(best) ? item : best), first)
}

/** The same function of each of several, at least one. */
export function mapSome<Item, Result>(
  [first, ...more]: readonly [Item, ...Item[]],
  map: (item: Item) => Result,
): [Result, ...Result[]] {
  return [map(first), ...more.map(map)]
}
