import { invalidStatistic } from './invalid-statistic.ts'

/** What a mean is estimated from. */
export interface Moments {
  /** How many values. */
  readonly n: number
  /** `null` without values. */
  readonly mean: number | null
  /** Standard error of the mean; `null` below two values. */
  readonly stderr: number | null
}

/**
 * Count, mean, variance and standard error of values that arrive one by one, O(1) in time and memory. Welford's update
 * (Technometrics 4, 1962) and, for `merge`, the pairwise one of Chan, Golub and LeVeque (1979): neither subtracts two
 * large sums, so values far from zero lose no digits, and equal values have a variance of exactly 0.
 */
export class RunningMoments implements Moments {
  #n = 0
  #mean = 0
  /** Sum of squared deviations from the mean. */
  #squares = 0

  /**
   * Takes one value in.
   *
   * @throws EvalsError `EVALS_STATISTIC_INVALID` unless it is a finite number
   */
  add(value: number): void {
    if (!Number.isFinite(value)) {
      throw invalidStatistic(`a value to average must be a finite number, not ${value}`, { value })
    }
    this.#n += 1
    const deviation = value - this.#mean
    this.#mean += deviation / this.#n
    this.#squares += deviation * (value - this.#mean)
  }

  /** Takes in all values of `other`, which stays as it is. */
  merge(other: RunningMoments): void {
    if (other.#n === 0) return
    const n = this.#n + other.#n
    const deviation = other.#mean - this.#mean
    this.#squares += other.#squares + deviation * deviation * ((this.#n * other.#n) / n)
    this.#mean += deviation * (other.#n / n)
    this.#n = n
  }

  get n(): number {
    return this.#n
  }

  get mean(): number | null {
    return this.#n === 0 ? null : this.#mean
  }

  /** Sample variance, with n − 1 in the denominator; `null` below two values. */
  get variance(): number | null {
    return this.#n < 2 ? null : this.#squares / (this.#n - 1)
  }

  /** Sample standard deviation, √variance; `null` below two values. */
  get stdev(): number | null {
    return this.variance === null ? null : Math.sqrt(this.variance)
  }

  /** Standard error of the mean, √(variance / n); `null` below two values. */
  get stderr(): number | null {
    return this.variance === null ? null : Math.sqrt(this.variance / this.#n)
  }
}

/** The moments of values that are there already. */
export function momentsOf(values: readonly number[]): RunningMoments {
  const moments = new RunningMoments()
  for (const value of values) moments.add(value)
  return moments
}
