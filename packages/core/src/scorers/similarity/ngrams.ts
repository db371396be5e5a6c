/** How often each n-gram of the items occurs; the items of one are joined by `separator`. */
export function countNgrams(items: readonly string[], order: number, separator: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let start = 0; start + order <= items.length; start++) {
    let ngram = items[start]!
    for (let next = start + 1; next < start + order; next++) ngram += separator + items[next]!
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1)
  }
  return counts
}

/** How many n-grams there are. */
export function ngramTotal(items: readonly string[], order: number): number {
  return Math.max(0, items.length - order + 1)
}
