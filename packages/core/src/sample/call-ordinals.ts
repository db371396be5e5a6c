import { canonicalHash } from '../stored-value/canonical-hash.ts'

/** A call's place among the identical calls of its sample. */
export interface CallPlace {
  /** How many of them hold a place before it. */
  readonly ordinal: number
  /** The call has no answer: the next identical one is asked in its place. */
  giveBack(): void
}

/** Which places among its identical calls a sample's calls hold: five draws stay five draws, in the next run too. */
export class CallOrdinals {
  readonly #held = new Map<string, Set<number>>()

  /**
   * Gives a call the first place that is free.
   * @param identity everything that can change the call's answer
   */
  take(identity: unknown): CallPlace {
    const hash = canonicalHash(identity)
    const held = this.#held.get(hash) ?? new Set()
    this.#held.set(hash, held)
    let ordinal = 0
    while (held.has(ordinal)) ordinal += 1
    held.add(ordinal)
    return { ordinal, giveBack: () => void held.delete(ordinal) }
  }
}
