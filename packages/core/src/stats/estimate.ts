/** An interval with the method and confidence level that made it. */
export interface Interval {
  readonly lower: number
  readonly upper: number
  /** For example `wilson` or `t`. */
  readonly method: string
  /** For example 0.95. */
  readonly level: number
}

/** An estimated quantity. `interval` is `null` where none is defined, and `note` then says why. */
export interface Estimate {
  readonly value: number
  readonly n: number
  readonly stderr?: number | null
  readonly interval?: Interval | null
  readonly note?: string
}
