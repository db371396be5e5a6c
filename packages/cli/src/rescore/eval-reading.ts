import { fingerprintsOf, keyOf, type SampleRecord, type Scorer, type Variant } from '@evals/core'

/** Of the records of one sample and revision the one to score; places are those in the order of a scan. */
interface Chosen {
  place: number
  rank: number
  rowHash: string
  /** Of the newest record. */
  newest: number
  /** The newest record needs no scoring by these scorers. */
  isDone: boolean
}

/** What is to be done for one eval and variant. */
export interface EvalTodo {
  /** The revision of the new records. */
  readonly revision: number
  /** Samples (× epochs) it will have. */
  readonly size: number
  /** Where the records are that are to be scored, or taken over. */
  readonly places: readonly number[]
}

/** What is recorded of one eval and variant, as far as scoring it again has to know. */
export class EvalReading {
  readonly eval: string
  readonly variant: Variant
  readonly scorers: readonly Scorer[]
  readonly #fingerprints: readonly (readonly [name: string, fingerprint: string])[]
  readonly #revisions = new Map<number, Map<string, Chosen>>()
  /** The revision that counts. */
  #revision = 0
  #newest = 0
  /** The revision that counts was made by rescoring. */
  #isRescored = false

  constructor({ eval: name, variant }: Pick<SampleRecord, 'eval' | 'variant'>, scorers: readonly Scorer[]) {
    this.eval = name
    this.variant = variant
    this.scorers = scorers
    this.#fingerprints = Object.entries(fingerprintsOf(scorers))
  }

  /** Takes a newer record in. */
  add(record: SampleRecord, place: number): void {
    const { revision, revisionSize, outcome, rowHash } = record
    if (revision < this.#revision) return
    const samples = this.#revisions.get(revision) ?? new Map<string, Chosen>()
    this.#revisions.set(revision, samples)
    const rank = outcome === 'scored' ? 2 : isScorable(record) ? 1 : 0
    const isJudged = this.#fingerprints.every(([name, fingerprint]) => record.scorers?.[name] === fingerprint)
    const isDone = isJudged || !isScorable(record)
    const before = samples.get(keyOf(record))
    // What is of another row is no better for being scored.
    const isChosen = before === undefined || rank >= before.rank || rowHash !== before.rowHash
    samples.set(keyOf(record), { ...(isChosen ? { place, rank, rowHash } : before), newest: place, isDone })
    this.#newest = Math.max(this.#newest, revision)
    if (revision === this.#revision || samples.size < (revisionSize ?? 1)) return
    this.#revision = revision
    this.#isRescored = revisionSize !== undefined
    for (const older of this.#revisions.keys()) if (older < revision) this.#revisions.delete(older)
  }

  /**
   * What is to be done, in a revision after the one that counts. Where an interrupted rescoring has begun one, that one is
   * continued, without the samples that these scorers have judged there.
   * @param documented the revision whose figures the experiment's document has
   */
  todo(documented: number): EvalTodo {
    const samples = this.#revisions.get(this.#revision) ?? new Map<string, Chosen>()
    const size = samples.size
    // An interrupted rescoring may have come to its last record, and not to the figures.
    const lacksFigures = this.#isRescored && documented < this.#revision
    if (lacksFigures && [...samples.values()].every(({ isDone }) => isDone)) {
      return { revision: this.#revision, size, places: [] }
    }
    const begun = this.#newest > this.#revision ? this.#revisions.get(this.#newest) : undefined
    const places = [...samples].flatMap(([key, chosen]) => {
      const again = begun?.get(key)
      return again?.isDone === true && again.newest > chosen.newest ? [] : [chosen.place]
    })
    return { revision: begun === undefined ? this.#revision + 1 : this.#newest, size, places }
  }
}

/** A record with an output that scorers may judge; after a failed assertion of the task they are not asked. */
export function isScorable(record: SampleRecord): boolean {
  const isAnswer = 'output' in record && record.outcome !== 'error' && record.outcome !== 'timeout'
  return isAnswer && !Object.values(record.scores).some(({ absent }) => absent === true)
}
