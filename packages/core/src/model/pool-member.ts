import type { Clock } from '../clock.ts'
import type { LanguageModel } from './language-model.ts'

/** How a pool's call to one of its members ended; `left` says nothing of the member. */
export type MemberOutcome = 'answered' | 'failed' | 'left'

/** Single faults happen to every server. */
const toleratedFailures = 2
const longestMs = 60_000

/** One model of a pool: how busy it is, and whether it can be trusted. */
export class PoolMember {
  readonly model: LanguageModel
  readonly #clock: Clock
  readonly #cooldownMs: number
  #inFlight = 0
  #failures = 0
  #avoidances = 0
  #avoidedUntil = 0
  #onTrial = false

  constructor(model: LanguageModel, { clock, cooldownMs }: { clock: Clock; cooldownMs: number }) {
    this.model = model
    this.#clock = clock
    this.#cooldownMs = cooldownMs
  }

  get inFlight(): number {
    return this.#inFlight
  }

  /** How often it has failed since it last answered. */
  get failures(): number {
    return this.#failures
  }

  /** False for a while after three failures in a row; then one call at a time tries it until it answers. */
  get isAvailable(): boolean {
    return this.#avoidances === 0 || (!this.#onTrial && this.#clock.now() >= this.#avoidedUntil)
  }

  /** Counts a call until the returned function is told how it ended. */
  startCall(): (outcome: MemberOutcome) => void {
    const before = this.#avoidances
    const isTrial = before > 0
    this.#inFlight += 1
    if (isTrial) this.#onTrial = true
    return (outcome) => {
      this.#inFlight -= 1
      if (isTrial) this.#onTrial = false
      if (outcome === 'answered') this.#failures = this.#avoidances = 0
      if (outcome === 'failed') this.#fail(before)
    }
  }

  #fail(avoidancesBefore: number): void {
    this.#failures += 1
    // Calls that were in flight together fail together, and that is one reason to avoid it.
    if (this.#failures <= toleratedFailures || this.#avoidances !== avoidancesBefore) return
    this.#avoidedUntil = this.#clock.now() + Math.min(longestMs, this.#cooldownMs * 2 ** this.#avoidances)
    this.#avoidances += 1
  }
}
