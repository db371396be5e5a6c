import { type Alignment, BeamEditDistance } from './beam-edit-distance.ts'

const longestShift = 10
const farthestShift = 50
const mostCandidates = 1000

interface Shift {
  readonly gain: number
  readonly length: number
  readonly start: number
  readonly target: number
  readonly words: readonly string[]
}

/**
 * The least edits that make the reference of the output, as tercom looks for them (Snover et al. 2006): insertions,
 * deletions, substitutions, and shifts of up to ten words by at most 50, each 1. Greedy: the shift that saves most goes
 * first, and no more than 1000 are tried.
 */
export function countTerEdits(output: readonly string[], reference: readonly string[]): number {
  if (reference.length === 0) return output.length
  const distance = new BeamEditDistance(reference)
  let words = output
  let shifts = 0
  for (let tried = 0; ;) {
    const found = bestShift(words, reference, { distance, tried })
    tried = found.tried
    if (tried >= mostCandidates || found.shift === undefined || found.shift.gain <= 0) break
    words = found.shift.words
    shifts += 1
  }
  return shifts + distance.of(words)
}

function bestShift(
  words: readonly string[],
  reference: readonly string[],
  { distance, tried: before }: { readonly distance: BeamEditDistance; readonly tried: number },
): { readonly shift?: Shift; readonly tried: number } {
  const edits = distance.of(words)
  const alignment = distance.align(words)
  let best: Shift | undefined
  let tried = before
  for (const match of commonRuns(words, reference)) {
    if (!isWorthMoving(match, alignment)) continue
    for (const target of targetsOf(match, alignment)) {
      const shifted = move(words, match, target)
      const gain = edits - distance.of(shifted)
      const shift: Shift = { gain, length: match.length, start: match.start, target, words: shifted }
      tried += 1
      if (best === undefined || isBetter(shift, best)) best = shift
    }
    if (tried >= mostCandidates) break
  }
  return best === undefined ? { tried } : { shift: best, tried }
}

/** Most saved edits, then the longest, then the earliest in the output, then the earliest target. */
function isBetter(a: Shift, b: Shift): boolean {
  const order = [a.gain - b.gain, a.length - b.length, b.start - a.start, b.target - a.target]
  return (order.find((difference) => difference !== 0) ?? 0) > 0
}

interface Run {
  readonly start: number
  readonly inReference: number
  readonly length: number
}

/** Every run of words that both have, from every start, in every length. */
function* commonRuns(words: readonly string[], reference: readonly string[]): Generator<Run> {
  for (let start = 0; start < words.length; start++) {
    const last = Math.min(reference.length - 1, start + farthestShift)
    for (let inReference = Math.max(0, start - farthestShift); inReference <= last; inReference++) {
      const room = Math.min(longestShift, words.length - start, reference.length - inReference)
      for (let length = 1; length <= room; length++) {
        if (words[start + length - 1] !== reference[inReference + length - 1]) break
        yield { start, inReference, length }
      }
    }
  }
}

/** Both sides are wrong where they stand now, and the run is not shifted into itself. */
function isWorthMoving(
  { start, inReference, length }: Run,
  { positions, wrongWords, wrongReference }: Alignment,
): boolean {
  if (!wrongWords.slice(start, start + length).includes(true)) return false
  if (!wrongReference.slice(inReference, inReference + length).includes(true)) return false
  const position = positions[inReference]!
  return position < start || position >= start + length
}

/** Where the run could go: before each word that is aligned with the run in the reference, and before the first. */
function targetsOf({ inReference, length }: Run, { positions }: Alignment): number[] {
  const targets: number[] = []
  for (let index = inReference - 1; index < inReference + length; index++) {
    const target = index < 0 ? 0 : positions[index]! + 1
    if (target !== targets.at(-1)) targets.push(target)
  }
  return targets
}

function move(words: readonly string[], { start, length }: Run, target: number): string[] {
  const run = words.slice(start, start + length)
  const rest = words.toSpliced(start, length)
  if (target < start) return rest.toSpliced(target, 0, ...run)
  // A target inside the run counts from the run's start, one behind it in the words that still hold the run.
  return rest.toSpliced(target > start + length ? target - length : target, 0, ...run)
}
