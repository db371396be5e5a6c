import type { Scorer } from '../../scoring/scorer.ts'
import { describeParts, readParts, scoreParts, type ScorerPart } from './parts.ts'

/** A scorer whose value is the least, or the greatest, of its parts. */
export function extremeScorer(
  name: string,
  scorers: readonly ScorerPart[],
  extreme: (...values: number[]) => number,
): Scorer {
  const parts = readParts(name, scorers)
  return {
    name,
    kind: parts.every(({ scorer }) => scorer.kind === 'binary') ? 'binary' : 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: parts.some(({ scorer }) => scorer.needsExpected === true),
    async score(sample) {
      const scores = await scoreParts(name, parts, sample)
      const values = scores.map(({ value }) => value)
      const scored = values.filter((value) => value !== null)
      return { value: scored.length < values.length ? null : extreme(...scored), ...describeParts(scores) }
    },
  }
}
