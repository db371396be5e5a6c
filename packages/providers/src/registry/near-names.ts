import { distance } from 'fastest-levenshtein'

/** The known names that somebody may have meant: at most three, nearest first. */
export function nearNames(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase()
  const isNear = (other: string): boolean =>
    wanted !== '' &&
    (other.startsWith(wanted) || wanted.startsWith(other) || distance(wanted, other) <= mostTypos(wanted))
  return known
    .filter((other) => isNear(other.toLowerCase()))
    .toSorted((a, b) => distance(wanted, a.toLowerCase()) - distance(wanted, b.toLowerCase()))
    .slice(0, 3)
}

/** A third of a short name may be wrong, but never most of it. */
function mostTypos(name: string): number {
  return Math.min(3, Math.max(1, Math.floor(name.length / 3)))
}
