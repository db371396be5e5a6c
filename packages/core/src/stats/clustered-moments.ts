import { clampMean } from './clamp-mean.ts'
import { checkPaired, invalidStatistic } from './invalid-statistic.ts'
import type { Moments } from './running-moments.ts'

/**
 * Mean and standard error of values that come in clusters (several questions about one text, the epochs of one sample),
 * O(1) per value and O(clusters) in memory. The standard error is cluster-robust, CR1:
 *
 *   SE = √( C/(C−1) · Σ_c (Σ_{i∈c} (s_i − s̄))² ) / n
 *
 * (Liang & Zeger, Biometrika 73, 1986; Miller, arXiv 2411.00640, appendix A, is CR0, the same without C/(C−1)). With
 * one value per cluster it is sd/√n; with K values in each of Q clusters it is the standard error of the Q cluster
 * means. Intervals take Student's t with C − 1 degrees of freedom.
 */
export class ClusteredMoments implements Moments {
  readonly #clusters = new Map<string, { n: number; sum: number }>()
  #n = 0
  #sum = 0
  #least = Infinity
  #greatest = -Infinity

  /**
   * Takes one value in.
   *
   * @throws EvalsError `EVALS_STATISTIC_INVALID` unless it is a finite number
   */
  add(value: number, cluster: string): void {
    if (!Number.isFinite(value)) {
      throw invalidStatistic(`a value to average must be a finite number, not ${value}`, { value, cluster })
    }
    this.#n += 1
    this.#sum += value
    this.#least = Math.min(this.#least, value)
    this.#greatest = Math.max(this.#greatest, value)
    const own = this.#clusters.get(cluster)
    if (own === undefined) this.#clusters.set(cluster, { n: 1, sum: value })
    else {
      own.n += 1
      own.sum += value
    }
  }

  get n(): number {
    return this.#n
  }

  /** C, the number of clusters. */
  get clusters(): number {
    return this.#clusters.size
  }

  /** The sum of each cluster's values, in the order the clusters came. */
  get sums(): number[] {
    return [...this.#clusters.values()].map(({ sum }) => sum)
  }

  get mean(): number | null {
    return this.#n === 0 ? null : clampMean(this.#sum / this.#n, this.#least, this.#greatest)
  }

  /** CR1 standard error of the mean; `null` below two clusters, where no spread between clusters can be seen. */
  get stderr(): number | null {
    const [mean, clusters] = [this.mean, this.clusters]
    if (mean === null || clusters < 2) return null
    let squares = 0
    for (const { n, sum } of this.#clusters.values()) squares += (sum - n * mean) ** 2
    return Math.sqrt((clusters / (clusters - 1)) * squares) / this.#n
  }
}

/**
 * The moments of values that are there already; without `clusters` each value is a cluster by itself.
 *
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for lists of different lengths, and as `add`
 */
export function clusteredMomentsOf(values: readonly number[], clusters?: readonly string[]): ClusteredMoments {
  if (clusters !== undefined) checkPaired(values, clusters, 'values and clusters')
  const moments = new ClusteredMoments()
  for (const [index, value] of values.entries()) moments.add(value, clusters?.[index] ?? String(index))
  return moments
}
