/** Which share of the calls in flight is tried next, at least and at most. */
const fewest = 0.25
const fewer = 0.6
/** From this share of the most answers per ms on, as many come but for chance. */
const asMany = 0.87
/** A saturated server is left with so many times the calls that keep it busy: little waits in its queue. */
export const settledSlowdown = 1.3

/** What a server does with so many calls in flight. */
export interface ServerReading {
  readonly inFlight: number
  readonly medianMs: number
  /** Answers per ms. */
  readonly perMs: number
}

/** Where to go on: with fewer calls still, or with as many as were found to be right. */
export interface SearchStep {
  readonly limit: number
  /** Absent while the search goes on. */
  readonly found?: 'saturated' | 'slower'
}

/**
 * Finds out why answers take longer: by trying fewer calls at once. If answers are not quicker then, they just take longer
 * than they did, as those to longer prompts do. If they are, and as many come per ms, the server is saturated, and still
 * fewer are tried until fewer come: by Little's law the calls that keep it busy are the answers per ms times the latency
 * without a queue.
 */
export class SaturationSearch {
  readonly #first: ServerReading
  readonly #leastMs: number
  #before: ServerReading
  /** What came of fewer calls; 0 until they were found to be answered as fast. */
  #mostPerMs = 0
  #limit: number

  /** @param leastMs the least latency that is known of the server */
  constructor(first: ServerReading, leastMs: number) {
    this.#first = first
    this.#before = first
    this.#leastMs = leastMs
    this.#limit = this.#next()
  }

  /** Calls that may be in flight now. */
  get limit(): number {
    return this.#limit
  }

  /** How well the next median has to be known: what is to be told apart lies five standard errors from either side. */
  get error(): number {
    return -Math.log(this.#quicker) / 5
  }

  /** Calls that started before the search did were answered: they tell best how long answers took. */
  sawBefore(medianMs: number): void {
    if (medianMs > this.#before.medianMs) this.#before = { ...this.#before, medianMs }
  }

  /** Takes in how long answers take with the limit. */
  read(medianMs: number): SearchStep {
    const perMs = this.#limit / medianMs
    const isQuicker = medianMs <= this.#before.medianMs * this.#quicker
    if (!isQuicker && this.#mostPerMs === 0) return { limit: this.#first.inFlight, found: 'slower' }
    this.#mostPerMs = Math.max(this.#mostPerMs, perMs)
    if (!isQuicker || perMs < this.#mostPerMs * asMany || this.#limit === 1) {
      const limit = Math.min(this.#first.inFlight, this.#mostPerMs * medianMs * settledSlowdown)
      return { limit, found: 'saturated' }
    }
    this.#before = { inFlight: this.#limit, medianMs, perMs }
    this.#limit = this.#next()
    return { limit: this.#limit }
  }

  /** Up to this share of the time before is quicker: half-way between the same time and as much less as there are fewer calls. */
  get #quicker(): number {
    return Math.max(0.6, Math.sqrt(this.#limit / this.#before.inFlight))
  }

  #next(): number {
    const { inFlight, perMs } = this.#before
    const knee = perMs * this.#leastMs * settledSlowdown
    return Math.max(1, Math.floor(Math.max(inFlight * fewest, Math.min(inFlight * fewer, knee))))
  }
}
