import { expect } from 'vitest'
import type { ResultScore } from '../summary/sample-result.ts'
import { compare, type CompareOptions } from './compare.ts'
import type { ComparedResult, ComparedSide } from './compared-result.ts'
import type { ScoreComparison } from './score-comparison.ts'

/** A scored result of one epoch. */
export function scored(
  id: string,
  scores: Readonly<Record<string, ResultScore>>,
  more: Partial<ComparedResult> = {},
): ComparedResult {
  return { eval: 'qa', id, epoch: 0, outcome: 'scored', scores, ...more }
}

/** A side of samples `s0`, `s1` … with these scores by the scorer `exact`. */
export function side(scores: readonly ResultScore[], more: Partial<ComparedResult> = {}): ComparedSide {
  return { results: scores.map((score, index) => scored(`s${index}`, { exact: score }, more)) }
}

/** `passes` of `n` samples that pass, the first ones. */
export function passing(passes: number, n: number): boolean[] {
  return Array.from({ length: n }, (_, index) => index < passes)
}

/** The one comparison that there is of two sides. */
export async function only(
  base: ComparedSide,
  other: ComparedSide,
  options?: CompareOptions,
): Promise<ScoreComparison> {
  const { scores } = await compare(base, other, options)
  expect(scores).toHaveLength(1)
  return scores[0]!
}
