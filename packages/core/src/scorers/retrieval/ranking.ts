import type { Scorer, ScoreDetails, ScorerInput } from '../../scoring/scorer.ts'
import { callback, checkOptions, optionsVersion, positiveInteger, type ScorerOptions } from '../scorer-options.ts'
import { expectedMissing, typeName, unitScale, unusable } from '../text-scorer.ts'

/** Options of scorers of a ranked list. */
export interface RankingOptions extends ScorerOptions {
  /**
   * The ids of what was retrieved, best first, where the output is something else: `({ metadata }) => metadata.ids`.
   * Default: the output, an array of ids or of objects with an `id`.
   */
  readonly retrieved?: (sample: ScorerInput) => readonly (string | number)[]
}

/** Options of scorers of the first places of a ranked list. */
export interface CutOffOptions extends RankingOptions {
  /** How many places count. */
  readonly k?: number
}

/** A ranked list and what is relevant. */
export interface Ranking {
  /** Best first, each once: a document that comes again is not retrieved again. */
  readonly retrieved: readonly string[]
  /** Id → how relevant, above 0. */
  readonly relevance: ReadonlyMap<string, number>
}

/** The parts of a scorer of a ranked list. */
export interface RankingScorerParts {
  readonly name: string
  readonly version: string
  readonly options: RankingOptions
  readonly judge: (ranking: Ranking) => ScoreDetails
}

/**
 * A scorer of a ranked list against `expected`: an array of relevant ids, or an object id → relevance. A sample of which
 * nothing is relevant has no score (`null`).
 */
export function rankingScorer({ name, version, options, judge }: RankingScorerParts): Scorer {
  return {
    name,
    version,
    ...unitScale,
    needsExpected: true,
    score(sample) {
      if (sample.expected === undefined || sample.expected === null) throw expectedMissing(name)
      const relevance = relevanceOf(name, sample.expected)
      const given: unknown = options.retrieved === undefined ? (sample.output ?? []) : options.retrieved(sample)
      const retrieved = [...new Set(idsOf(name, 'the output', given))]
      if (relevance.size === 0) return { value: null, explanation: 'nothing is relevant' }
      return judge({ retrieved, relevance })
    },
  }
}

/** The first places of a ranked list. */
export interface FirstPlaces extends Ranking {
  /** What is in the first `k` places. */
  readonly first: readonly string[]
  /** Infinity: all places count. */
  readonly k: number
}

/** A scorer of the first places of a ranked list; without the option `k` all count. */
export function cutOffScorer(
  factory: string,
  options: CutOffOptions,
  judge: (places: FirstPlaces) => ScoreDetails,
): Scorer {
  checkOptions(factory, options, { k: positiveInteger, retrieved: callback })
  const { name = factory, k = Infinity } = options
  return rankingScorer({
    name,
    version: optionsVersion(factory, options),
    options,
    judge: (ranking) => judge({ ...ranking, first: ranking.retrieved.slice(0, k), k }),
  })
}

/** How many of the ids are relevant. */
export function countRelevant(ids: readonly string[], relevance: Ranking['relevance']): number {
  return ids.filter((id) => relevance.has(id)).length
}

function relevanceOf(scorer: string, expected: unknown): Map<string, number> {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) {
    return new Map(idsOf(scorer, 'expected', Array.isArray(expected) ? expected : [expected]).map((id) => [id, 1]))
  }
  const grades = Object.entries(expected).map(([id, grade]): [string, number] => [id, Number(grade)])
  const wrong = grades.find(([, grade]) => !Number.isFinite(grade) || grade < 0)
  if (wrong !== undefined) {
    throw unusable(scorer, `the relevance of "${wrong[0]}" must be a number of at least 0, but is ${wrong[1]}`)
  }
  return new Map(grades.filter(([, grade]) => grade > 0))
}

function idsOf(scorer: string, role: string, given: unknown): string[] {
  if (!Array.isArray(given)) {
    throw unusable(
      scorer,
      `${role} must be an array of ids, but is ${typeName(given)}; name the ids with \`retrieved\``,
    )
  }
  return given.map((item: unknown) => {
    const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : item
    if (typeof id === 'string' || typeof id === 'number') return String(id)
    throw unusable(scorer, `${role} must be an array of ids, but has ${typeName(id)} in it`)
  })
}
