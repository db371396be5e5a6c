import { invalidStatistic } from './invalid-statistic.ts'

/**
 * What a two-sided interval leaves out at each end: (1 − level) / 2.
 *
 * @param level confidence level, strictly between 0 and 1, for example 0.95
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for any other level
 */
export function tailProbability(level: number): number {
  if (level > 0 && level < 1) return (1 - level) / 2
  throw invalidStatistic(`level must lie strictly between 0 and 1, for example 0.95, not ${level}`, { level })
}
