import { countsInstead } from '../record/counts-instead.ts'
import { Revisions } from './revisions.ts'
import type { SampleResult } from './sample-result.ts'

/** The results of one eval and variant, one per sample and epoch: those of its newest revision. */
export class ResultSet {
  readonly #revisions: Revisions<SampleResult>
  #leftOut: ReadonlySet<string> = new Set()

  /** @param revision older results are not taken in. Default 0 */
  constructor(revision = 0) {
    this.#revisions = new Revisions(revision)
  }

  /** The revision of the results. */
  get revision(): number {
    return this.#revisions.current
  }

  /** The newest revision of which there is a result, whether it counts yet or not. */
  get newestRevision(): number {
    return this.#revisions.newest
  }

  get size(): number {
    return this.#revisions.counting.size
  }

  /**
   * Takes a newer result in: it replaces an older one unless only the older one, of the same row, is scored. A newer revision puts an end to
   * all before it as soon as it has as many results as it must have.
   */
  add(result: SampleResult): void {
    this.#revisions.add(keyOf(result), result, (before) =>
      before === undefined || countsInstead(result, before) ? this.#without(result) : before,
    )
  }

  get(sample: Pick<SampleResult, 'id' | 'epoch'>): SampleResult | undefined {
    return this.#revisions.counting.get(keyOf(sample))
  }

  has(sample: Pick<SampleResult, 'id' | 'epoch'>): boolean {
    return this.#revisions.counting.has(keyOf(sample))
  }

  /** Drops what is not planned any more; returns what was dropped. */
  retain(planned: ReadonlySet<string>): string[] {
    const removed = [...this.#revisions.counting.keys()].filter((key) => !planned.has(key))
    this.remove(removed)
    return removed
  }

  remove(keys: readonly string[]): void {
    for (const key of keys) this.#revisions.counting.delete(key)
  }

  /** Leaves out the scores that these scorers gave, also of results that are added later. */
  leaveOutScorers(names: readonly string[]): void {
    this.#leftOut = new Set(names)
    if (names.length === 0) return
    const { counting } = this.#revisions
    for (const [key, result] of counting) counting.set(key, this.#without(result))
  }

  values(): Iterable<SampleResult> {
    return this.#revisions.counting.values()
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
