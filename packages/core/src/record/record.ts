import type { Usage } from '../model/language-model.ts'

/** How a sample ended. A record may also be `answered`: the interim one written before a scorer calls a model. */
export type Outcome = 'scored' | 'error' | 'timeout' | 'cancelled'

/** What the task of one sample may have used up. */
export type SampleLimit = 'tokens' | 'turns' | 'costUsd'

/** Which combination of variants a record belongs to: dimension → value's name. */
export type Variant = Readonly<Record<string, string>>

/** A failure as it is stored. */
export interface StoredError {
  readonly name: string
  readonly code?: string
  readonly message: string
  readonly stack?: string
  /** The error underneath, up to three levels deep. */
  readonly cause?: StoredError
  /** The failures of the attempts before this one. */
  readonly attempts?: readonly StoredError[]
}

/** One scorer's verdict on one output. `value` is `null` where nothing was scored; then `error` or `explanation` says why. */
export interface StoredScore {
  readonly value: number | null
  /** `binary` marks a boolean returned by a scorer that declares no kind. */
  readonly kind?: 'binary'
  /** Nobody was asked, because an assertion of the task had failed. */
  readonly absent?: true
  /** The scorer that gave it, where that has another name. */
  readonly scorer?: string
  readonly explanation?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly error?: StoredError
}

/** One model call of a sample. Times in ms, `costUsd` absent when the price is unknown. */
export interface ModelCall {
  readonly model: string
  readonly purpose: 'task' | 'score'
  readonly durationMs: number
  readonly firstTokenMs?: number
  readonly queuedMs: number
  readonly retries: number
  readonly cached: boolean
  readonly usage: Usage
  readonly costUsd?: number
  readonly requestId?: string
  readonly error?: StoredError
  /** How many samples shared the call, where several did; usage and cost are this sample's part. */
  readonly batch?: number
}

/** One step of a sample, in order; `atMs` counts from the task's start. */
export type TraceEntry =
  | { readonly type: 'log'; readonly atMs: number; readonly values: readonly unknown[] }
  | {
      readonly type: 'span'
      readonly atMs: number
      readonly name: string
      readonly durationMs: number
      readonly error?: string
    }
  | {
      readonly type: 'model'
      readonly atMs: number
      /** Index in `calls`. */
      readonly call: number
      /** The prompt, in stored form, as far as the option `traces` keeps it. */
      readonly question?: unknown
      /** The answer, as `question`. */
      readonly answer?: unknown
      /** The vendor's own response without its headers, only with `traces: all`. */
      readonly raw?: unknown
    }
  | {
      readonly type: 'tool'
      readonly atMs: number
      readonly name: string
      /** The provider's id of the call. */
      readonly id?: string
      readonly arguments?: unknown
      readonly result?: unknown
    }

/** What identifies a record: one epoch of one sample of one variant of one eval. */
export interface RecordKey {
  /** `path > describes > name`, with `project:` before it for a project not named `evals`. */
  readonly eval: string
  readonly variant: Variant
  readonly id: string
  /** 0-based. */
  readonly epoch: number
}

/** The durable line of one sample × epoch × variant (JSON Schema: `@evals/core/schema/record.json`). */
export interface SampleRecord extends RecordKey {
  readonly v: 1
  readonly run: string
  readonly revision: number
  /**
   * How many samples (× epochs) the eval and variant will have in this revision, where stored outputs were scored again as
   * a whole: it counts from the moment it has them all. Absent: it counts from its first record on.
   */
  readonly revisionSize?: number
  /** Hash of the whole row; a corrected label changes it and leaves `id` alone. */
  readonly rowHash: string
  readonly outcome: Outcome | 'answered'
  /** `null`: not evaluated. */
  readonly passed: boolean | null
  readonly input: unknown
  readonly expected?: unknown
  readonly output?: unknown
  readonly scores: Readonly<Record<string, StoredScore>>
  /** The scorers that have judged the output without failing: name → fingerprint of what they were then. */
  readonly scorers?: Readonly<Record<string, string>>
  readonly error?: StoredError
  /** Why a scored sample's test failed: `passed` is false, or null because a scorer failed. */
  readonly failure?: { readonly message: string }
  /** What the sample belongs to, as the option `cluster` says; samples with the same one are not independent. */
  readonly cluster?: string
  /** At this limit the task's model calls were stopped. */
  readonly limit?: SampleLimit
  /** `provider:model` of the last task call. */
  readonly model?: string
  readonly usage: Usage
  /** `null`: some call's price is unknown. */
  readonly costUsd: number | null
  readonly startedAt: string
  /** The task's time in ms, without scoring and without `queuedMs`. */
  readonly durationMs: number
  readonly queuedMs: number
  readonly calls: readonly ModelCall[]
  readonly trace: readonly TraceEntry[]
  readonly tags: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
}
