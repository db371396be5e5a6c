import { checkFinite } from '../stats/invalid-statistic.ts'
import type { Reducer } from './reducer.ts'

/**
 * The scores of one sample's epochs, made one score by each of several reducers, under the reducers' names.
 *
 * Epochs that are missing or `null` (not scored) are left out: each reducer judges the n epochs that have a score. So
 * samples may differ in n. `mean`, `max`, `min`, `median`, `mode` and `atLeast` need one scored epoch, `passAt(k)` and
 * `passHat(k)` need k; with fewer their result is `null`, and the sample is missing from that column's n instead of
 * counting as 0.
 *
 * @param epochs one entry per epoch, in order
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for a score that is NaN or infinite
 */
export function reduceEpochs(
  epochs: readonly (number | null)[],
  reducers: readonly Reducer[],
): Record<string, number | null> {
  const scores = epochs.filter((score) => score !== null)
  checkFinite(scores, 'a score')
  return Object.fromEntries(reducers.map((reducer) => [reducer.name, reducer.reduce(scores)]))
}
