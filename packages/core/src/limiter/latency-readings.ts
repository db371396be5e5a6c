const blockSize = 16
/** Blocks with a call that never was answered are forgotten after so many others. */
const mostBlocks = 128
const mostAnswers = 512

/**
 * Reads from the answers how long they take: the median of as many as are needed to know it well enough, which is few
 * where all take as long and many where short and long ones are mixed. It looks at blocks of calls that started one after
 * the other: of calls that end one after the other the first would be the quick ones.
 */
export class LatencyReadings {
  readonly #error: number
  readonly #blocks = new Map<number, number[]>()
  /** Standard deviation of the logarithm of latencies. */
  #sigma: number
  #read: number[] = []

  /** @param error how well a median has to be known: its standard error as a share of it */
  constructor(error: number, sigma = 0) {
    this.#error = error
    this.#sigma = sigma
  }

  /**
   * Takes in one answer.
   * @param order the call's place among all starts
   * @returns the median in ms, when enough answers have come since the last one
   */
  add(order: number, latencyMs: number): number | undefined {
    const number = Math.floor(order / blockSize)
    const block = this.#blocks.get(number) ?? []
    block.push(latencyMs)
    this.#blocks.set(number, block)
    if (block.length < blockSize) {
      if (this.#blocks.size > mostBlocks) this.#blocks.delete(this.#blocks.keys().next().value!)
      return undefined
    }
    this.#blocks.delete(number)
    this.#read.push(...block)
    // The median of a log-normal distribution has the relative error 1.2533 σ / √n.
    const wanted = Math.min(mostAnswers, ((1.2533 * this.#sigma) / this.#error) ** 2)
    return this.#read.length < wanted ? undefined : this.#take()
  }

  /** Readings of another time. */
  next(error: number): LatencyReadings {
    return new LatencyReadings(error, this.#sigma)
  }

  #take(): number {
    const sorted = this.#read.toSorted((a, b) => a - b)
    this.#read = []
    const at = (share: number): number => Math.max(1e-3, sorted[Math.floor(share * (sorted.length - 1))]!)
    // Of a log-normal distribution: σ = ln(q75 / q25) / 1.349.
    this.#sigma = Math.log(at(0.75) / at(0.25)) / 1.349
    return at(0.5)
  }
}
