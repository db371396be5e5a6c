import { clampMean } from '../stats/clamp-mean.ts'
import { invalidStatistic } from '../stats/invalid-statistic.ts'
import type { ResultScore } from './sample-result.ts'

/** Why a sample has no score of a scorer that was asked, or should have been. */
export type ScoreLack = 'notScored' | 'failed' | 'absent'

/**
 * The scores of one scorer, by the position of the sample; in a comparison those of one side. Arrays of numbers instead of objects: a million
 * scores take tens of megabytes.
 */
export class ScoreColumn {
  /** The models that judged. */
  readonly judges: Set<string> = new Set()
  /** What the scorer was; more than one where it changed on the way. */
  readonly fingerprints: Set<string> = new Set()
  readonly #sums: number[] = []
  readonly #epochs: number[] = []
  /** Of samples with several scored epochs. */
  readonly #least: number[] = []
  readonly #greatest: number[] = []
  readonly #lacks: ScoreLack[] = []
  #size = 0
  #onlyBooleans = true
  #repeated = false

  /** Takes in the score of one epoch of the sample at `position`. */
  add(position: number, score: ResultScore): void {
    if (score === null) this.#lacks[position] = 'notScored'
    else if (typeof score === 'string') this.#lacks[position] = score
    else {
      const value = Number(score)
      if (!Number.isFinite(value)) throw invalidStatistic(`a score must be a finite number, not ${value}`, { score })
      if (typeof score === 'number') this.#onlyBooleans = false
      const epochs = this.#epochs[position] ?? 0
      if (epochs > 0) this.#widen(position, value)
      else this.#size += 1
      this.#epochs[position] = epochs + 1
      this.#sums[position] = (this.#sums[position] ?? 0) + value
    }
  }

  #widen(position: number, value: number): void {
    this.#repeated = true
    const first = this.#sums[position]!
    this.#least[position] = Math.min(this.#least[position] ?? first, value)
    this.#greatest[position] = Math.max(this.#greatest[position] ?? first, value)
  }

  /** How many samples have a score. */
  get size(): number {
    return this.#size
  }

  /** The mean over the scored epochs of a sample, `null` without any. */
  scoreAt(position: number): number | null {
    const epochs = this.#epochs[position]
    if (epochs === undefined) return null
    const sum = this.#sums[position]!
    return epochs === 1 ? sum : clampMean(sum / epochs, this.#least[position]!, this.#greatest[position]!)
  }

  /** How many epochs of a sample have a score. */
  epochsAt(position: number): number {
    return this.#epochs[position] ?? 0
  }

  /** Why `scoreAt` is `null`. */
  lackAt(position: number): ScoreLack {
    return this.#lacks[position] ?? 'absent'
  }

  /** Positions of the samples with a score. */
  *scored(): Iterable<number> {
    for (const [position, epochs] of this.#epochs.entries()) if (epochs !== undefined) yield position
  }

  /** There is a score, and all are booleans. */
  get onlyBooleans(): boolean {
    return this.#onlyBooleans && this.#size > 0
  }

  /** Some sample has more than one scored epoch. */
  get repeated(): boolean {
    return this.#repeated
  }
}
