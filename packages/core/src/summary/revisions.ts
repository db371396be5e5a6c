/** A revision, as records and results name theirs. */
export interface InRevision {
  /** Default 0. */
  readonly revision?: number
  /** How many samples (× epochs) it must have before it counts. Default 1. */
  readonly revisionSize?: number
}

/**
 * What is kept of the samples of one eval and variant, by revision. The newest one that is complete counts; those before
 * it are dropped, and newer ones are kept until they are complete.
 */
export class Revisions<Kept> {
  readonly #samples = new Map<number, Map<string, Kept>>()
  #current: number

  /** @param current older ones are not taken in. Default 0 */
  constructor(current = 0) {
    this.#current = current
  }

  /** The revision that counts. */
  get current(): number {
    return this.#current
  }

  /** The newest of which there is a sample, whether it counts yet or not. */
  get newest(): number {
    return Math.max(this.#current, ...this.#samples.keys())
  }

  /** What is kept of the revision that counts, by sample (see `keyOf`). */
  get counting(): Map<string, Kept> {
    return this.#of(this.#current)
  }

  /** Takes in what is newer of a sample: `update` gives what to keep, from what was kept before. */
  add(sample: string, { revision = 0, revisionSize = 1 }: InRevision, update: (before?: Kept) => Kept): void {
    if (revision < this.#current) return
    const samples = this.#of(revision)
    samples.set(sample, update(samples.get(sample)))
    if (revision === this.#current || samples.size < revisionSize) return
    this.#current = revision
    for (const older of this.#samples.keys()) if (older < revision) this.#samples.delete(older)
  }

  #of(revision: number): Map<string, Kept> {
    let samples = this.#samples.get(revision)
    if (samples === undefined) this.#samples.set(revision, (samples = new Map<string, Kept>()))
    return samples
  }
}
