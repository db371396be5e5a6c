import type { Clock } from '../clock.ts'
import type { LimitChange } from './connection-controller.ts'
import { KeyLimiter } from './key-limiter.ts'
import type { Limiter, Slot, SlotRequest } from './limiter.ts'
import type { LimiterChange } from './limiter-change.ts'

/** What goes on with one key. */
export interface KeyState {
  readonly key: string
  /** Calls that may be in flight. */
  readonly connections: number
  readonly inFlight: number
  readonly waiting: number
  /** The server has failed many times in a row, and only single calls are let through. */
  readonly down: boolean
}

/** Settings of an {@link AdaptiveLimiter}. */
export interface AdaptiveLimiterOptions {
  readonly clock: Clock
  /** Most calls in flight per key. Default 1000. */
  readonly maxConnections?: number
  /** Calls in flight per key before anything is known of the server. Default 32. */
  readonly startConnections?: number
  /**
   * Most calls, beyond as many as were ever answered at once, that start in one turn of the event loop: a refusal is read
   * between turns. Where other threads make the calls a turn of this one says nothing, and `Infinity` is right. Default 4.
   */
  readonly untriedPerTurn?: number
  /** Told of each change. */
  readonly onChange?: (change: LimiterChange) => void
}

/**
 * Finds by itself how many calls an account takes: connections, requests and tokens per minute, for each key on its own.
 * One limiter serves all files and workers of a run.
 */
export class AdaptiveLimiter implements Limiter {
  readonly #options: AdaptiveLimiterOptions
  readonly #keys = new Map<string, KeyLimiter>()

  constructor(options: AdaptiveLimiterOptions) {
    this.#options = options
  }

  /** What is going on, key by key. */
  get state(): KeyState[] {
    return [...this.#keys].map(([key, { connections, inFlight, waiting, down }]) => {
      return { key, connections, inFlight, waiting, down }
    })
  }

  // oxlint-disable-next-line require-await -- what is thrown must reject
  async acquire(key: string, request: SlotRequest): Promise<Slot> {
    let limiter = this.#keys.get(key)
    if (limiter === undefined) {
      const { clock, maxConnections = 1000, startConnections = 32, untriedPerTurn = 4, onChange } = this.#options
      const tell = (reason: LimitChange, connections: number): void =>
        onChange?.({ at: clock.date().toISOString(), key, connections, reason })
      limiter = new KeyLimiter({ clock, maxConnections, startConnections, untriedPerTurn, onChange: tell })
      this.#keys.set(key, limiter)
    }
    return limiter.acquire(request)
  }
}
