import { CircuitState, circuitBreaker, ConsecutiveBreaker, handleAll, type CircuitBreakerPolicy } from 'cockatiel'
import type { Clock } from '../clock.ts'

/** Faults in a row after which a server is taken to be down. */
const faultsUntilOpen = 10
const firstPauseMs = 100
const longestPauseMs = 500

/**
 * Keeps calls from a server that is down. After some faults in a row nothing starts but one call now and then, to see
 * whether the server is back; the first that is answered opens the way for all.
 */
export class Circuit {
  readonly #clock: Clock
  readonly #breaker: CircuitBreakerPolicy
  #openUntil = 0
  #pauseMs = firstPauseMs

  /** @param onChange told when the server is taken to be down, or to be back, and when single calls may start again */
  constructor(clock: Clock, onChange: () => void = () => {}) {
    this.#clock = clock
    this.#breaker = circuitBreaker(handleAll, {
      // When to try again is decided here, on the injected clock; the wall clock, by which cockatiel goes, may step back.
      halfOpenAfter: Number.NEGATIVE_INFINITY,
      breaker: new ConsecutiveBreaker(faultsUntilOpen),
    })
    this.#breaker.onBreak(() => {
      this.#openUntil = clock.now() + this.#pauseMs
      this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2)
    })
    this.#breaker.onReset(() => (this.#pauseMs = firstPauseMs))
    this.#breaker.onStateChange(onChange)
  }

  /** True while only single calls are let through, to see whether the server is back. */
  get isOpen(): boolean {
    return this.#breaker.state !== CircuitState.Closed
  }

  /** Ms until a call may start; 0: now; infinite: when the call that is under way has ended. */
  waitMs(): number {
    if (this.#breaker.state === CircuitState.Closed) return 0
    if (this.#breaker.state === CircuitState.HalfOpen) return Number.POSITIVE_INFINITY
    return Math.max(0, this.#openUntil - this.#clock.now())
  }

  /** A call is under way; `ended` rejects when the server or the network failed it. */
  watch(ended: Promise<void>): void {
    const beganOpen = this.isOpen
    const told = ended.catch((error: unknown) => {
      // What was under way when the way was closed is no news; it must not end the try of another call.
      if (beganOpen || !this.isOpen) throw error
    })
    told.catch(() => {})
    this.#breaker.execute(() => told).catch(() => {})
  }
}
