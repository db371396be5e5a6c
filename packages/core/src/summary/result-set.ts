import type { SampleResult } from './sample-result.ts'

/** The results of one eval and variant, one per sample and epoch: those of its newest revision. */
export class ResultSet {
  #results = new Map<string, SampleResult>()
  #revision: number
  /** A newer revision that does not count yet. */
  #next: ResultSet | undefined
  #leftOut: ReadonlySet<string> = new Set()

  /** @param revision older results are not taken in. Default 0 */
  constructor(revision = 0) {
    this.#revision = revision
  }

  /** The revision of the results. */
  get revision(): number {
    return this.#revision
  }

  /** The newest revision of which there is a result, whether it counts yet or not. */
  get newestRevision(): number {
    return this.#next?.revision ?? this.#revision
  }

  get size(): number {
    return this.#results.size
  }

  /**
   * Takes a newer result in: it replaces an older one unless only the older one is scored. A newer revision puts an end to
   * all before it as soon as it has as many results as it must have.
   */
  add(result: SampleResult): void {
    const { revision = 0, revisionSize = 1 } = result
    if (revision < this.#revision) return
    if (revision > this.#revision) {
      if (revision < this.newestRevision) return
      if (this.#next?.revision !== revision) this.#next = new ResultSet(revision)
      this.#next.add(this.#without(result))
      if (this.#next.size < revisionSize) return
      this.#revision = revision
      this.#results = this.#next.#results
      this.#next = undefined
      return
    }
    const key = keyOf(result)
    if (result.outcome !== 'scored' && this.#results.get(key)?.outcome === 'scored') return
    this.#results.set(key, this.#without(result))
  }

  get(sample: Pick<SampleResult, 'id' | 'epoch'>): SampleResult | undefined {
    return this.#results.get(keyOf(sample))
  }

  has(sample: Pick<SampleResult, 'id' | 'epoch'>): boolean {
    return this.#results.has(keyOf(sample))
  }

  /** Drops what is not planned any more; returns what was dropped. */
  retain(planned: ReadonlySet<string>): string[] {
    const removed = [...this.#results.keys()].filter((key) => !planned.has(key))
    this.remove(removed)
    return removed
  }

  remove(keys: readonly string[]): void {
    for (const key of keys) this.#results.delete(key)
  }

  /** Leaves out the scores that these scorers gave, also of results that are added later. */
  leaveOutScorers(names: readonly string[]): void {
    this.#leftOut = new Set(names)
    if (names.length === 0) return
    for (const [key, result] of this.#results) this.#results.set(key, this.#without(result))
  }

  values(): Iterable<SampleResult> {
    return this.#results.values()
  }

  #without(result: SampleResult): SampleResult {
    if (this.#leftOut.size === 0) return result
    const { givers = {} } = result
    const isLeft = (name: string): boolean => !this.#leftOut.has(givers[name] ?? name)
    const scores = Object.fromEntries(Object.entries(result.scores).filter(([name]) => isLeft(name)))
    return { ...result, scores }
  }
}

/** What identifies a result among those of its eval and variant: `a`, from the second epoch on `a #2`. */
export function keyOf({ id, epoch }: Pick<SampleResult, 'id' | 'epoch'>): string {
  // An id that ends like an epoch must not be taken for one.
  return epoch === 0 && !(id.includes(' #') && / #\d+$/.test(id)) ? id : `${id} #${epoch + 1}`
}
