import type { SampleRecord, Variant } from '../record/record.ts'
import type { ScorerDeclaration } from '../summary/eval-summary.ts'
import { toSampleResult, type SampleResult } from '../summary/sample-result.ts'
import { withoutUndefined } from '../without-undefined.ts'

/** What a comparison reads of one sample × epoch. */
export interface ComparedResult extends Pick<
  SampleResult,
  'id' | 'epoch' | 'rowHash' | 'outcome' | 'scores' | 'tags' | 'cluster' | 'judges'
> {
  readonly eval: string
  /** Default: none. */
  readonly variant?: Variant
  /** Scorer → fingerprint of what it was when it judged. Absent: not known. */
  readonly fingerprints?: Readonly<Record<string, string>>
}

/** One side of a comparison. */
export interface ComparedSide {
  /**
   * One result per eval, variant, sample and epoch, as `readResults` gives them, in any order; read once and not kept.
   */
  readonly results: Iterable<ComparedResult> | AsyncIterable<ComparedResult>
  /**
   * Eval → its scorers, with what they declare. A scorer that is not named is `binary` if all its scores are booleans,
   * else `graded` and unbounded, and higher is better.
   */
  readonly scorers?: Readonly<Record<string, readonly ScorerDeclaration[]>>
}

/** What a comparison reads of a record. A judge is the text `judge`, or `model`, of a score's metadata. */
export function toComparedResult(record: SampleRecord): ComparedResult {
  const { id, epoch, rowHash, outcome, scores, tags, cluster, judges } = toSampleResult(record)
  const { eval: name, variant, scorers: fingerprints } = record
  const result = { eval: name, variant, id, epoch, rowHash, outcome, scores, tags, cluster, judges, fingerprints }
  return withoutUndefined(result)
}
