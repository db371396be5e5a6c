import { readScorerResult, rangeOf } from '../../scoring/read-scorer-result.ts'
import { scorerFingerprint } from '../../scoring/scorer-fingerprint.ts'
import type { ScoreFunction, Scorer, ScorerInput, ScorerResult } from '../../scoring/scorer.ts'
import { toScorers } from '../../scoring/to-scorers.ts'
import { invalidOption } from '../scorer-options.ts'
import { expectedMissing, unusable } from '../text-scorer.ts'

/** A scorer, or a function that is one. */
export type ScorerPart = Scorer | ScoreFunction

/** A scorer inside a combination, with the ends of its range. */
export interface Part {
  readonly scorer: Scorer
  readonly worst: number
  readonly best: number
}

/** What a part says: from 0, the worst value of its range, to 1, the best one; `null` where it did not score. */
export interface PartScore {
  readonly name: string
  readonly value: number | null
}

/**
 * The parts of a combination. A part that declares no range is taken to score from 0 to 1.
 *
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID` for no parts, or one whose range has no end
 */
export function readParts(combination: string, given: readonly ScorerPart[]): Part[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw invalidOption(combination, 'give it an array of at least one scorer', { details: { given } })
  }
  return toScorers(given).map((scorer) => {
    const { range, kind, direction } = scorer
    const [least, greatest] = range === undefined && kind !== 'binary' ? [0, 1] : rangeOf(scorer)
    if (!Number.isFinite(least) || !Number.isFinite(greatest) || least === greatest) {
      const problem = `the range of "${scorer.name}" is ${least} to ${greatest}; map() its values to one with two ends`
      throw invalidOption(combination, problem, { details: { part: scorer.name } })
    }
    return direction === 'lower' ? { scorer, worst: greatest, best: least } : { scorer, worst: least, best: greatest }
  })
}

/** What the version of a combination has of its parts. */
export function fingerprintsOfParts(parts: readonly Part[]): string[] {
  return parts.map(({ scorer }) => scorerFingerprint(scorer))
}

/** What all parts say about a sample. */
export async function scoreParts(
  combination: string,
  parts: readonly Part[],
  sample: ScorerInput,
): Promise<PartScore[]> {
  return Promise.all(
    parts.map(async ({ scorer, worst, best }) => {
      const { name } = scorer
      const value = await scoreOf(combination, scorer, sample)
      if (value === null) return { name, value }
      const share = (value - worst) / (best - worst)
      if (share >= 0 && share <= 1) return { name, value: share }
      throw unusable(combination, `"${name}" scored ${value}; declare its range, or map() its values to 0 … 1`)
    }),
  )
}

/** The one value that a scorer gives a sample. */
async function scoreOf(combination: string, scorer: Scorer, sample: ScorerInput): Promise<number | null> {
  if (scorer.needsExpected === true && sample.expected === undefined) throw expectedMissing(scorer.name)
  return singleScore(combination, scorer, await scorer.score(sample))[1].value
}

/** The one score in what a scorer returned, with its name. */
export function singleScore(combination: string, scorer: Scorer, result: ScorerResult): SingleScore {
  const [first, ...more] = readScorerResult(result, scorer)
  if (first !== undefined && more.length === 0) return first
  throw unusable(combination, `"${scorer.name}" gave ${more.length === 0 ? 'no score' : 'several scores'}, not one`)
}

type SingleScore = ReturnType<typeof readScorerResult>[number]

/** The scores of the parts in a line, and as data. */
export function describeParts(scores: readonly PartScore[]): {
  readonly explanation: string
  readonly metadata: Readonly<Record<string, number | null>>
} {
  return {
    explanation: scores
      .map(({ name, value }) => `${name} ${value === null ? '–' : Number(value.toFixed(3))}`)
      .join(', '),
    metadata: Object.fromEntries(scores.map(({ name, value }) => [name, value])),
  }
}
