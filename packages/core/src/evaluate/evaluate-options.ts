import type { Clock } from '../clock.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { RowPicks, Sample } from '../dataset/sample.ts'
import type { Selection } from '../dataset/select-samples.ts'
import type { EvalsError } from '../errors.ts'
import type { ModelResponse } from '../model/language-model.ts'
import type { SampleRecord, Variant } from '../record/record.ts'
import type { Drift } from '../resume/drift.ts'
import type { TaskFingerprint } from '../resume/eval-fingerprint.ts'
import type { ResumeMode } from '../resume/resume-mode.ts'
import type { PassWhen } from '../sample/judge-sample.ts'
import type { SampleLimits } from '../sample/sample-limits.ts'
import type { ScoreFunction, Scorer, ScorerResult } from '../scoring/scorer.ts'
import type { ExperimentStatus } from '../store/experiment-document.ts'
import type { ExperimentStore, StoreProblem } from '../store/experiment-store.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'
import type { Thresholds } from '../summary/threshold.ts'
import type { EventSink } from './evaluation-event.ts'

/** Dimension → name → value, or a function that makes it when it is first needed. */
export type EvaluateVariants = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** One value of each dimension, by the dimension's name. */
export type ValuesOf<Variants extends EvaluateVariants> = {
  readonly [Dimension in keyof Variants]: Made<Variants[Dimension][keyof Variants[Dimension]]>
}

type Made<Value> = Value extends () => infer Result ? Result : Value

/** What scorers get for a task's result: of a model's response its text. */
export type ScoredOutput<Result> = Result extends ModelResponse ? string : Result

/** What a task's second parameter has, besides the values of its variant. */
export interface TaskContext<Row = unknown> {
  readonly sample: Sample<Row>
  /** 0-based. */
  readonly epoch: number
  readonly variant: Variant
  /** Aborts on timeout and cancellation; pass it to whatever takes a signal. */
  readonly signal: AbortSignal
  /** Scores the sample from inside the task. */
  score(name: string, value: Exclude<ScorerResult, readonly unknown[]>): void
  /** Writes values into the record's trace. */
  log(...values: unknown[]): void
  /** Runs work and writes its name and duration into the record's trace. */
  span<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result>
  /** Adds to the record's metadata. */
  setMetadata(metadata: Readonly<Record<string, unknown>>): void
}

/** What `evaluate` is given. Options that an eval file has too mean the same here. */
export interface EvaluateOptions<
  Row = unknown,
  Result = unknown,
  Variants extends EvaluateVariants = EvaluateVariants,
> extends Omit<RowPicks<Row>, 'skip' | 'only'> {
  /** Name of the eval in its experiment. */
  readonly name: string
  readonly data: Dataset<Row>
  /** Which of its samples are planned, for example `{ limit: 10 }`. Default: all. */
  readonly selection?: Selection
  /** Answers one row; its second parameter also has the values of `variants`, by dimension. */
  readonly task: (row: Row, context: TaskContext<Row> & ValuesOf<Variants>) => Result | Promise<Result>
  /** Default: none, the task scores itself. */
  readonly scorers?: readonly (
    | Scorer<unknown, ScoredOutput<Awaited<Result>>>
    | ScoreFunction<unknown, ScoredOutput<Awaited<Result>>>
  )[]
  /** Runs every combination. */
  readonly variants?: Variants
  readonly thresholds?: Thresholds
  /** Default: every scored sample passes. */
  readonly passWhen?: PassWhen
  /** How often each sample runs. Default 1. */
  readonly epochs?: number
  /** How often a sample that ended in an error is tried again as a whole. Default 0. */
  readonly retries?: number
  /** Samples in progress. Default 100. */
  readonly concurrency?: number
  /** Time of one task, and of each scorer, in ms; 0: no limit. Default 300,000. */
  readonly sampleTimeout?: number
  /** Most ms a sample may wait for slots in all; 0: no limit. Default 1,800,000. */
  readonly maxWait?: number
  /** What one attempt at a sample may use of its models. Default: no limits. */
  readonly limits?: SampleLimits
  /** Whose model calls keep their questions and answers in the record's trace. Default `errors`. */
  readonly traces?: 'off' | 'errors' | 'all'
  /** A dataset without samples is no failure. Default false. */
  readonly allowEmpty?: boolean
  /** What the paid calls of this evaluation may cost in US dollars. Default: no limit. */
  readonly budgetUsd?: number
  /** Where records go; the caller closes it. Default: memory. */
  readonly store?: ExperimentStore
  /** The experiment to create or to go on with; `last`: the newest of the store. Default: a new name. */
  readonly experiment?: string
  /** What becomes of records the experiment has already. Default `auto`. */
  readonly resume?: ResumeMode
  /** Changes when the task would answer otherwise. Default: a hash of the task's own text, which what it calls is no part of. */
  readonly version?: string
  /** What answers, by role or name; a changed one is refused as a changed task is. Default: not looked at. */
  readonly models?: TaskFingerprint['models']
  /** Absolute path that datasets resolve relative file names against. Default: the working directory. */
  readonly root?: string
  /** Cancels the evaluation: it ends in order, with the status `interrupted`. */
  readonly signal?: AbortSignal
  readonly onEvent?: EventSink
  /** Default: the real clock. */
  readonly clock?: Clock
}

/** What came of an evaluation. */
export interface Evaluation {
  readonly experiment: string
  readonly run: string
  readonly status: ExperimentStatus
  /** The figures of the eval; with `variants`, of the first combination. */
  readonly summary: EvalSummary
  /** The figures of each combination of `variants`. */
  readonly summaries: readonly EvalSummary[]
  /** How the eval differed from what was stored, by combination; `undefined` where nothing was. */
  readonly drift: readonly (Drift | undefined)[]
  /** Own metrics of scorers that could not be computed; each is an `EVALS_METRIC_FAILED`. */
  readonly failures: readonly EvalsError[]
  /** Stored lines that could not be read. */
  readonly problems: readonly StoreProblem[]
  /** Reads the record that counts of each planned sample, epoch and variant from the store. */
  records(): AsyncIterable<SampleRecord>
}
