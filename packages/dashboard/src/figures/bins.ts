/** How many values lie in `[from, to)`; the last bin has its end, too. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Counts values in bins of the same width, from 0 to 1 if they all lie there; one bin where all others are equal. */
export function binsOf(values: readonly number[], count: number): Bin[] {
  let [least, greatest] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  if (values.length === 0) return []
  const isShare = least >= 0 && greatest <= 1
  if (least === greatest && !isShare) return [{ from: least, to: greatest, count: values.length }]
  const [from, to] = isShare ? [0, 1] : [least, greatest]
  const counts = Array.from({ length: count }, () => 0)
  for (const value of values) {
    const bin = Math.min(count - 1, Math.floor(((value - from) / (to - from)) * count))
    counts[bin] = counts[bin]! + 1
  }
  const edge = (bin: number): number => from + ((to - from) * bin) / count
  return counts.map((found, bin) => ({ from: edge(bin), to: edge(bin + 1), count: found }))
}
