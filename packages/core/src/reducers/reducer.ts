/** Makes one score of a sample's epochs. */
export interface Reducer {
  /** Names the column of its results, for example `mean` or `passAt5`. */
  readonly name: string
  /**
   * What its results are, given what the scores are: it decides on the interval of their mean.
   */
  kind(scores: 'binary' | 'graded'): 'binary' | 'graded'
  /** Least and greatest possible result, where it is not that of the scores. */
  readonly range?: readonly [min: number, max: number]
  /**
   * The one score of a sample, `null` where it is not defined.
   *
   * @param scores the scored epochs, finite numbers, in order; epochs that are missing or not scored are left out
   */
  reduce(scores: readonly number[]): number | null
}
