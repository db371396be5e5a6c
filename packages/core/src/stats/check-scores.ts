import { checkFinite, invalidStatistic } from './invalid-statistic.ts'
import type { ScoreKind } from './score-difference.ts'

/**
 * Lets scores pass that are what their scorer declares.
 *
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for NaN, infinite scores, scores outside the range or, if binary, other
 *   than 0 and 1
 */
export function checkScores(scores: readonly number[], { kind, range }: ScoreKind): void {
  checkFinite(scores, 'a score')
  const [least, greatest] = kind === 'binary' ? [0, 1] : range
  const wrong = scores.find((score) => score < least || score > greatest || (kind === 'binary' && score % 1 !== 0))
  if (wrong === undefined) return
  const expected = kind === 'binary' ? '0 or 1, since it is binary' : `from ${least} to ${greatest}, its range`
  throw invalidStatistic(`a score must be ${expected}, not ${wrong}`, { score: wrong, kind })
}
