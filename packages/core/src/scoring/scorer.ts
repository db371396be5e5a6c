import type { Usage } from '../model/language-model.ts'
import type { ModelCall, SampleRecord, TraceEntry, Variant } from '../record/record.ts'
import type { Estimate } from '../stats/estimate.ts'

/** What a scorer sees: exactly what the record holds, so it can be run again later on stored records. */
export interface ScorerInput<Input = unknown, Output = unknown, Expected = unknown> {
  readonly input: Input
  readonly output: Output
  readonly expected: Expected
  readonly metadata: Readonly<Record<string, unknown>>
  readonly tags: readonly string[]
  readonly calls: readonly ModelCall[]
  readonly trace: readonly TraceEntry[]
  readonly usage: Usage
  /** `null`: some call's price is unknown. */
  readonly costUsd: number | null
  readonly durationMs: number
  readonly epoch: number
  readonly variant: Variant
  readonly signal: AbortSignal
}

/** A score with its reasons. `score` is another name of `value`, as autoevals has it. */
export interface ScoreDetails {
  readonly value?: number | boolean | null
  readonly score?: number | boolean | null
  /** Name of this score; default the scorer's. */
  readonly name?: string
  readonly explanation?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** What a scorer may return: a finite number, a boolean (1/0), `null` (not scored), details, or several details. */
export type ScorerResult = number | boolean | null | ScoreDetails | readonly ScoreDetails[]

/** Judges one output. */
export type ScoreFunction<Input = unknown, Output = unknown, Expected = unknown> = (
  input: ScorerInput<Input, Output, Expected>,
) => ScorerResult | Promise<ScorerResult>

/** An aggregate over an eval's scored records, such as a macro F1. */
export interface Metric {
  readonly name: string
  /** `null`, or an estimate with `n` 0: there was nothing to compute it from, and the figures do not have it. */
  compute(records: readonly SampleRecord[]): number | Estimate | null | Promise<number | Estimate | null>
}

/** How the values of a scorer are to be read; declared, never guessed from observed values. */
export interface ScoreScale {
  /** `binary`: every value is 0 or 1 (Wilson interval); `graded`: anything else (t interval). Default `graded`, `binary` for plain booleans. */
  readonly kind?: 'binary' | 'graded'
  /** Least and greatest possible value; a score outside is the scorer's error. Default [0, 1] for `binary`, else unbounded. */
  readonly range?: readonly [min: number, max: number]
  /** Which end is better. Default `higher`. */
  readonly direction?: 'higher' | 'lower'
}

/** Judges outputs, under a name that is unique in its eval. */
export interface Scorer<Input = unknown, Output = unknown, Expected = unknown> extends ScoreScale {
  readonly name: string
  readonly score: ScoreFunction<Input, Output, Expected>
  readonly metrics?: readonly Metric[]
  /** The scorer cannot judge a row that has no `expected`. Default false. */
  readonly needsExpected?: boolean
  /**
   * Changes when the scorer would judge otherwise: then stored outputs are judged again. Default: its code and its other
   * members, in which options that only its closure holds do not show. Those that ship have one, which their options
   * are part of.
   */
  readonly version?: string
}
