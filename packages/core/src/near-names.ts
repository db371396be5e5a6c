import { distance } from 'fastest-levenshtein'

/** The known names that somebody may have meant: at most three, nearest first. */
export function nearNames(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase()
  const isNear = (other: string): boolean =>
    wanted !== '' &&
    (other.startsWith(wanted) ||
      wanted.startsWith(other) ||
      distance(wanted, other) <= (hasLettersOf(wanted, other) ? 2 : mostTypos(wanted)))
  return known
    .filter((other) => isNear(other.toLowerCase()))
    .toSorted((a, b) => distance(wanted, a.toLowerCase()) - distance(wanted, b.toLowerCase()))
    .slice(0, 3)
}

/** Two letters that changed places look like two typos, but are one slip. */
function hasLettersOf(name: string, other: string): boolean {
  return [...name].toSorted().join('') === [...other].toSorted().join('')
}

/** A third of a short name may be wrong, but never most of it. */
function mostTypos(name: string): number {
  return Math.min(3, Math.max(1, Math.floor(name.length / 3)))
}

/** ` Did you mean "openai" or "openrouter"?`, to go on a message about a name that is not known; empty where none is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearNames(name, known)
  return near.length === 0 ? '' : ` Did you mean ${near.map((other) => `"${other}"`).join(' or ')}?`
}
