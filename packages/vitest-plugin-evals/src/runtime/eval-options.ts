import type {
  ModelResponse,
  PassWhen,
  RowPick,
  RowPicks,
  SampleLimits,
  ScoreFunction,
  Scorer,
  Thresholds,
} from '@evals/core'
import type { Reducer } from '@evals/core/reducers'
import type { BaselineOption } from '../baseline-option.ts'

/** The type of a row's column `expected`; `undefined` where it has none. */
export type ExpectedOf<Row> = Row extends unknown ? ('expected' extends keyof Row ? Row['expected'] : undefined) : never

/** The type of a row's `input`. */
export type InputOf<Row> = Row extends { input: infer Input }
  ? Input
  : Row extends string
    ? Row
    : Omit<Row, 'expected' | 'id' | 'tags' | 'metadata'>

/** What scorers get for a task's result: of a model's response its text (its object, where a `schema` asked for one). */
export type OutputOf<Result> = Result extends ModelResponse ? string : Result

/** Where one part of a sample comes from, and its type: the column `Key`, or a function that gives `Value`. */
export interface PartPick<Key extends string = string, Value = unknown> {
  readonly key: Key
  readonly value: Value
}

/** The type of a part that was picked by a column, if one is named. */
type PartOf<Row, Pick extends PartPick> = [Pick['key']] extends [never] ? Pick['value'] : Row[Pick['key'] & keyof Row]

/** What one eval may set besides its dataset and task. */
export interface EvalOptions<
  Row,
  Result,
  Expected extends PartPick = PartPick<never, ExpectedOf<Row>>,
  Input extends PartPick = PartPick<never, InputOf<Row>>,
> extends Omit<RowPicks<Row>, 'expected' | 'input'> {
  /** Column or function that gives the task's input. Default: the column `input`, else the row without its other parts. */
  readonly input?: `${Input['key']}` | ((row: Row) => Input['value'])
  /**
   * Column or function that gives the right answer. A function stands before `scorers`, since TypeScript infers from left
   * to right. Default: the column `expected`.
   */
  readonly expected?: `${Expected['key']}` | ((row: Row) => Expected['value'])
  /** Judge each output; functions written for autoevals work unchanged. Default: none. */
  readonly scorers?: readonly (
    | Scorer<PartOf<Row, Input>, OutputOf<Result>, PartOf<Row, Expected>>
    | ScoreFunction<PartOf<Row, Input>, OutputOf<Result>, PartOf<Row, Expected>>
  )[]
  /** Bounds on the eval's figures; each becomes a last test of it. */
  readonly thresholds?: Thresholds
  /** A scored sample for which this is false fails its test. Default: every scored sample passes. */
  readonly passWhen?: PassWhen
  /** Readable text after a sample's id in its test's name; `$column` stands for the column's value. */
  readonly title?: string
  /** How often each sample runs. Default 1. */
  readonly epochs?: number
  /** Make one score of a sample's epochs, such as `passAt(5)`; each is a metric of every scorer, under its name. */
  readonly reducer?: Reducer | readonly Reducer[]
  /**
   * Experiment to compare the eval with at its end: a name, a glob (the newest completed one), or an object that also says
   * how it is judged. Default: that of the run.
   */
  readonly baseline?: BaselineOption
  /** Samples of this eval in progress per worker; at most the project's. Default: the project's. */
  readonly concurrency?: number
  /** Share of samples that may end in an error or a timeout and show as skipped. Default 0. */
  readonly maxErrorRate?: number
  /** Time of one task, and of each scorer, in ms; 0: no limit. Default 300,000. */
  readonly sampleTimeout?: number
  /**
   * What one attempt at a sample may use of its models. At a limit the task's next model call is refused: the sample is
   * scored on what it has, and its record says which limit it was. Default: no limits.
   */
  readonly limits?: SampleLimits
  /** How often a sample that ended in an error is tried again as a whole. Default 0. */
  readonly retries?: number
  /**
   * Names what makes the answers, instead of a hash of the code that the task can reach: stored answers are good for as
   * long as it stays the same. Default: that hash.
   */
  readonly version?: string
  /** A dataset without samples is no failure. Default false. */
  readonly allowEmpty?: boolean
}

/** The options of any eval. */
export type AnyEvalOptions = Omit<EvalOptions<unknown, unknown>, 'scorers' | 'expected' | 'input'> & {
  readonly expected?: RowPick<unknown, unknown>
  readonly input?: RowPick<unknown, unknown>
  readonly scorers?: readonly (Scorer | ScoreFunction)[]
}
