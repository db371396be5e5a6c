const blockSize = 16
/** Blocks with a call that never was answered are forgotten after so many others. */
const mostBlocks = 128

/** One answer. */
export interface TimedAnswer {
  /** The call's place among all starts. */
  readonly order: number
  readonly latencyMs: number
  readonly now: number
}

/**
 * Compares how long answers take now with how long they took when the server had least to do. It looks at blocks of calls
 * that started one after the other: of calls that end one after the other the first would be the quick ones.
 */
export class LatencyBaseline {
  readonly #blocks = new Map<number, number[]>()
  #leastMs = Number.POSITIVE_INFINITY
  #answers = 0
  #countedFrom = 0
  #answersPerMs = 0
  #recentMs: number | undefined

  /** Least median of all blocks. */
  get leastMs(): number {
    return this.#leastMs
  }

  /** What answers of late take, by the least median; 1 while nothing is known. */
  get recentSlowdown(): number {
    return this.#recentMs === undefined || !Number.isFinite(this.#leastMs) ? 1 : this.#recentMs / this.#leastMs
  }

  /** Answers per ms of late. */
  get answersPerMs(): number {
    return this.#answersPerMs
  }

  /** Median of a block by the least median of all, when the block's last answer has come; else `undefined`. */
  add({ order, latencyMs, now }: TimedAnswer): number | undefined {
    this.#count(now)
    this.#recentMs = this.#recentMs === undefined ? latencyMs : 0.9 * this.#recentMs + 0.1 * latencyMs
    const number = Math.floor(order / blockSize)
    const block = this.#blocks.get(number) ?? []
    block.push(latencyMs)
    this.#blocks.set(number, block)
    if (block.length < blockSize) {
      if (this.#blocks.size > mostBlocks) this.#blocks.delete(Math.min(...this.#blocks.keys()))
      return undefined
    }
    this.#blocks.delete(number)
    const sorted = block.toSorted((a, b) => a - b)
    const median = ((sorted[blockSize / 2 - 1] ?? 0) + (sorted[blockSize / 2] ?? 0)) / 2
    this.#leastMs = Math.min(this.#leastMs, Math.max(1, median))
    return median / this.#leastMs
  }

  #count(now: number): void {
    this.#answers += 1
    if (this.#answers % blockSize !== 0) return
    this.#answersPerMs = blockSize / Math.max(1, now - this.#countedFrom)
    this.#countedFrom = now
  }
}
