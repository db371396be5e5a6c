import type { Usage } from '../model/language-model.ts'
import { setMember } from '../stored-value/stored-form.ts'
import type { Outcome, SampleLimit, SampleRecord, StoredScore } from '../record/record.ts'
import { usesOf, type ModelUse } from './model-use.ts'

const longestReason = 300

/**
 * One score in a few bytes: its value (a boolean where a scorer that declares no kind gave one), `null` = not scored,
 * `failed` = its scorer failed, `absent` = not judged since an assertion failed.
 */
export type ResultScore = number | boolean | null | 'failed' | 'absent'

/** Why a sample has no score, in a line. */
export interface UnscoredReason {
  /** The error's code, or the name of one that has none; `not scored` where each scorer returned `null`. */
  readonly error: string
  /** The first line of the error's message, or of a scorer's explanation. */
  readonly message: string
}

/** What statistics need of a record: small enough to be kept for every sample of a run. */
export interface SampleResult {
  readonly id: string
  readonly epoch: number
  /** Hash of the row that was judged by, as in the record. */
  readonly rowHash?: string
  readonly outcome: Outcome
  readonly passed: boolean | null
  readonly scores: Readonly<Record<string, ResultScore>>
  /** The task's time in ms. */
  readonly durationMs: number
  readonly usage?: Usage
  /** In US dollars; absent where unknown or where no model was called. */
  readonly costUsd?: number
  /** `usage` and `costUsd` by model and purpose; absent where no model was called. */
  readonly models?: readonly ModelUse[]
  /** At this limit the task's model calls were stopped. */
  readonly limit?: SampleLimit
  readonly tags?: readonly string[]
  /** Samples with the same one are not independent, for example questions about one text. */
  readonly cluster?: string
  /** Scorer → the model that judged, where one did: the text `judge`, or `model`, of its score's metadata. */
  readonly judges?: Readonly<Record<string, string>>
  /** Score → the scorer that gave it, where that has another name. */
  readonly givers?: Readonly<Record<string, string>>
  /** Absent where there is a score, a scorer failed (its record tells), or nobody said why there is none. */
  readonly unscored?: UnscoredReason
  /** How often the experiment had been begun anew by then. Absent: 0. */
  readonly revision?: number
  /** How many results the revision must have before it counts. Absent: 1. */
  readonly revisionSize?: number
}

/** The compact form of a record. An answered sample that was never scored counts as cancelled. */
export function toSampleResult(record: SampleRecord): SampleResult {
  const { id, epoch, rowHash, outcome, passed, durationMs, usage, costUsd, calls, limit, tags, cluster } = record
  const { revision, revisionSize } = record
  const scores: Record<string, ResultScore> = {}
  let judges: Record<string, string> | undefined
  let givers: Record<string, string> | undefined
  for (const [name, score] of Object.entries(record.scores)) {
    setMember(scores, name, toResultScore(score))
    const judge = judgeOf(score)
    if (judge !== undefined) setMember((judges ??= {}), name, judge)
    if (score.scorer !== undefined) setMember((givers ??= {}), name, score.scorer)
  }
  const result: { -readonly [Name in keyof SampleResult]: SampleResult[Name] } = {
    id,
    epoch,
    rowHash,
    outcome: outcome === 'answered' ? 'cancelled' : outcome,
    passed,
    scores,
    durationMs,
  }
  // Assigned one by one, since resuming makes 100,000 of these before anything runs.
  if (!isEmpty(usage)) result.usage = usage
  if (costUsd !== null) result.costUsd = costUsd
  if (calls.length > 0) result.models = usesOf(calls)
  if (limit !== undefined) result.limit = limit
  if (tags.length > 0) result.tags = tags
  if (cluster !== undefined) result.cluster = cluster
  if (judges !== undefined) result.judges = judges
  if (givers !== undefined) result.givers = givers
  const unscored = unscoredReason(record)
  if (unscored !== undefined) result.unscored = unscored
  if (revision > 0) result.revision = revision
  if (revisionSize !== undefined) result.revisionSize = revisionSize
  return result
}

function isEmpty(value: object): boolean {
  for (const _name in value) return false
  return true
}

function unscoredReason({ outcome, error, scores }: SampleRecord): UnscoredReason | undefined {
  if (outcome !== 'scored') return error && { error: error.code ?? error.name, message: firstLine(error.message) }
  let reason: string | undefined
  for (const [name, { value, error: failure, explanation }] of Object.entries(scores)) {
    if (value !== null || failure !== undefined) return undefined
    if (explanation !== undefined) reason ??= `${name}: ${explanation}`
  }
  return reason === undefined ? undefined : { error: 'not scored', message: firstLine(reason) }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.slice(0, longestReason)
}

function toResultScore(score: StoredScore): ResultScore {
  if (score.error !== undefined) return 'failed'
  if (score.absent === true) return 'absent'
  return score.kind === 'binary' && score.value !== null ? score.value === 1 : score.value
}

function judgeOf({ metadata }: StoredScore): string | undefined {
  if (metadata === undefined) return undefined
  return [metadata['judge'], metadata['model']].find((judge) => typeof judge === 'string')
}
