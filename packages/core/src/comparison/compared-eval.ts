import { EvalsError } from '../errors.ts'
import { evalKey } from '../record/eval-key.ts'
import type { Outcome, Variant } from '../record/record.ts'
import type { ComparedResult } from './compared-result.ts'
import { clusterNames } from '../summary/cluster-names.ts'
import { ScoreColumn } from '../summary/score-column.ts'
import type { UnpairedReason } from './score-comparison.ts'

/** Which side of a comparison. */
export type Side = 'base' | 'other'

/** The results of one eval and variant on both sides; of a sample its id, row hash, tags, cluster and scores are kept. */
export class ComparedEval {
  readonly eval: string
  readonly variant: Variant
  readonly #positions = new Map<string, number>()
  readonly #tags: (readonly string[])[] = []
  readonly #clusters: string[] = []
  readonly #rows: Record<Side, (string | undefined)[]> = { base: [], other: [] }
  /** By epoch and position. */
  readonly #seen: Record<Side, true[][]> = { base: [], other: [] }
  readonly #outcomes: Record<Side, Outcome[]> = { base: [], other: [] }
  readonly #columns: Record<Side, Map<string, ScoreColumn>> = { base: new Map(), other: new Map() }

  constructor(evalName: string, variant: Variant) {
    this.eval = evalName
    this.variant = variant
  }

  /** @throws EvalsError `EVALS_COMPARISON_INVALID` for a second result of a sample and epoch */
  add(result: ComparedResult, side: Side): void {
    const { id, epoch, rowHash, outcome, tags, cluster, scores, judges = {}, fingerprints = {} } = result
    const position = this.#positions.get(id) ?? this.#positions.size
    this.#positions.set(id, position)
    const seen = (this.#seen[side][epoch] ??= [])
    if (seen[position]) throw this.#notOnce(result, side)
    seen[position] = true
    if (tags !== undefined) this.#tags[position] = tags
    if (cluster !== undefined) this.#clusters[position] = cluster
    this.#outcomes[side][position] = outcome
    if (outcome !== 'scored') return
    this.#rows[side][position] = rowHash
    for (const [scorer, score] of Object.entries(scores)) {
      const column = this.column(scorer, side)
      column.add(position, score)
      if (Object.hasOwn(judges, scorer)) column.judges.add(judges[scorer]!)
      if (Object.hasOwn(fingerprints, scorer)) column.fingerprints.add(fingerprints[scorer]!)
    }
  }

  #notOnce({ id, epoch }: ComparedResult, side: Side): EvalsError {
    const key = evalKey(this.eval, this.variant)
    return new EvalsError(
      'EVALS_COMPARISON_INVALID',
      `The ${side} has two results of sample ${id}, epoch ${epoch}, in "${key}". ` +
        'Give of each sample and epoch the one that counts, as `readResults` does, and evals of different names apart.',
      { details: { eval: key, id, epoch, side } },
    )
  }

  has(side: Side): boolean {
    return this.#outcomes[side].length > 0
  }

  /** All scorers with a score or a failure on either side, those of the base first. */
  get scorers(): string[] {
    return [...new Set([...this.#columns.base.keys(), ...this.#columns.other.keys()])]
  }

  column(scorer: string, side: Side): ScoreColumn {
    const column = this.#columns[side].get(scorer) ?? new ScoreColumn()
    this.#columns[side].set(scorer, column)
    return column
  }

  /** The ids of all samples, by position. */
  ids(): string[] {
    return [...this.#positions.keys()]
  }

  tagsAt(position: number): readonly string[] {
    return this.#tags[position] ?? []
  }

  /** The clusters of samples, `undefined` if none of them is in one; a sample outside any is one by itself. */
  clustersOf(positions: readonly number[]): string[] | undefined {
    return clusterNames(positions, (position) => this.#clusters[position])
  }

  /** The sides judged a sample by rows that are known to differ, in the label or in anything else. */
  isRowChanged(position: number): boolean {
    const [base, other] = [this.#rows.base[position], this.#rows.other[position]]
    return base !== undefined && other !== undefined && base !== other
  }

  /** The sides judged by scorers that are known to differ. */
  isScorerChanged(scorer: string): boolean {
    const base = this.column(scorer, 'base').fingerprints
    const other = this.column(scorer, 'other').fingerprints
    if (base.size === 0 || other.size === 0) return false
    return [...base, ...other].some((fingerprint) => !base.has(fingerprint) || !other.has(fingerprint))
  }

  /** Why a sample has no score on a side. */
  reasonAt(position: number, scorer: string, side: Side): UnpairedReason {
    const outcome = this.#outcomes[side][position]
    if (outcome === undefined) return 'missing'
    return outcome === 'scored' ? this.column(scorer, side).lackAt(position) : outcome
  }
}
