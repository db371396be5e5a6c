import { diffWordsWithSpace } from 'diff'

/** A piece that both texts have, or only one of them. */
export interface DiffPiece {
  readonly side: 'both' | 'expected' | 'output'
  readonly text: string
}

/** The time a difference may take grows with the square of the length. */
const longest = 20_000
const patienceMs = 500

/** What differs between two texts, by words; `undefined` if that takes too long. */
export function diffText(expected: string, output: string): DiffPiece[] | undefined {
  if (expected.length + output.length > longest) return undefined
  return diffWordsWithSpace(expected, output, { timeout: patienceMs })?.map(({ added, removed, value }) => ({
    side: added ? 'output' : removed ? 'expected' : 'both',
    text: value,
  }))
}

/** A stored value as the text that is compared. */
export function comparableText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
}
