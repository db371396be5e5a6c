/** Which item of one list fits which of another. */
export type Fits<Found, Wanted> = (found: Found, wanted: Wanted) => boolean

/** The greatest number of pairs that fit, in the order of both lists: a longest common subsequence. */
export function matchInOrder<Found, Wanted>(
  found: readonly Found[],
  wanted: readonly Wanted[],
  fits: Fits<Found, Wanted>,
): number {
  let previous = Array.from({ length: wanted.length + 1 }, () => 0)
  for (const item of found) {
    const row = [0]
    for (const [index, other] of wanted.entries()) {
      row.push(fits(item, other) ? previous[index]! + 1 : Math.max(previous[index + 1]!, row[index]!))
    }
    previous = row
  }
  return previous[wanted.length]!
}

/** The greatest number of pairs that fit in any order, each item in one pair: a maximum matching (Kuhn 1955). */
export function matchInAnyOrder<Found, Wanted>(
  found: readonly Found[],
  wanted: readonly Wanted[],
  fits: Fits<Found, Wanted>,
): number {
  const candidates = found.map((item) => wanted.flatMap((other, index) => (fits(item, other) ? [index] : [])))
  const partner = new Map<number, number>()

  function findPartner(item: number, seen: Set<number>): boolean {
    for (const index of candidates[item]!) {
      if (seen.has(index)) continue
      seen.add(index)
      const taken = partner.get(index)
      if (taken === undefined || findPartner(taken, seen)) {
        partner.set(index, item)
        return true
      }
    }
    return false
  }

  return found.filter((_, item) => findPartner(item, new Set())).length
}
