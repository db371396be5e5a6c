import type {
  EvalSummary,
  ExperimentDocument,
  Outcome,
  RecordKey,
  ResultScore,
  RunInfo,
  SampleLabel,
  SampleRecord,
  StoreProblem,
} from '@evals/core'
import type { Comparison, ScoreComparison } from '@evals/core/stats'

/** What the list of experiments shows of one. */
export interface ExperimentOverview extends Pick<
  ExperimentDocument,
  'experiment' | 'status' | 'createdAt' | 'updatedAt' | 'rebuilt'
> {
  readonly runs: number
  /** Time in which its runs went on, in ms; `null` where no run has ended. */
  readonly durationMs: number | null
  /** US dollars, of the calls whose price is known; `null` where that of none is. */
  readonly costUsd: number | null
  /** Calls without a known price are not in `costUsd`. */
  readonly isCostPartial?: true
  /** What its last run was made of; absent outside of a Git checkout. */
  readonly git?: NonNullable<RunInfo['git']>
  /** Variants of which an eval has several values, which can be compared. */
  readonly variants: readonly string[]
  /** By eval and variant. */
  readonly evals: Readonly<Record<string, EvalOverview>>
}

/** What the list of experiments shows of one eval. */
export interface EvalOverview extends Pick<EvalSummary, 'samples' | 'verdict'> {
  readonly scorers: Readonly<Record<string, ScorerOverview>>
  readonly tags: readonly string[]
}

/** One scorer's estimate in a list. */
export type ScorerOverview = Pick<EvalSummary['scorers'][string], 'n' | 'mean' | 'ci' | 'kind' | 'direction'>

/** How a sample of the table ended; `answered`: it is being judged, `removed`: a newer revision does not count it. */
export type RowOutcome = Outcome | 'answered' | 'removed'

/** One eval with one variant. */
export interface EvalIdentity extends Pick<RecordKey, 'eval' | 'variant'> {
  /** Both as one text: `qa.eval.ts > capitals [model=mini]`. */
  readonly key: string
}

/** What the table of samples knows of each one. A column has one entry per row. */
export interface RowColumns {
  /** Place in {@link RowChunk.evals}. */
  readonly eval: readonly number[]
  readonly id: readonly string[]
  readonly epoch: readonly number[]
  readonly outcome: readonly RowOutcome[]
  readonly passed: readonly (boolean | null)[]
  /** The task's time in ms. */
  readonly durationMs: readonly number[]
  /** US dollars. */
  readonly costUsd: readonly (number | null)[]
  /** Input and output tokens. */
  readonly tokens: readonly (number | null)[]
  readonly tags: readonly (readonly string[])[]
  /** Code, else name, of the error that ended the sample, else of a scorer's; empty without. */
  readonly error: readonly string[]
  /** The beginning of the input, the expected value and the output, as one line each. */
  readonly input: readonly string[]
  readonly expected: readonly string[]
  readonly output: readonly string[]
}

/** Rows of the table; one with a number that came before takes its place. */
export interface RowChunk {
  /** Grows with every change; to go on from here, ask for what came after it. */
  readonly version: number
  /** All evals and variants met so far. */
  readonly evals: readonly EvalIdentity[]
  readonly rows: readonly number[]
  readonly columns: RowColumns
  /** By scorer; `none`: the record has no such score. */
  readonly scores: Readonly<Record<string, readonly (ResultScore | 'none')[]>>
}

/** What to compare: an experiment with others, or, with `by`, the values of that variant within it. */
export interface ComparisonChoice {
  readonly base: string
  readonly others: readonly string[]
  readonly by?: string | undefined
}

/** A side of a pair. */
export interface ComparedName {
  readonly experiment: string
  /** Of the variant whose values are compared. */
  readonly value?: string
}

/** A scorer of an eval on both sides, with the sentence that says what was found. */
export interface ComparedScore extends Omit<ScoreComparison, 'eval' | 'variant'> {
  /** The eval, with what both sides have of its variant, as one text. */
  readonly key: string
  /** The same as either side's samples have it. */
  readonly keys: { readonly base: string; readonly other: string }
  /** As many as any sample of either side has. */
  readonly epochs: number
  readonly sentence: string
}

/** Two experiments, or two values of a variant, compared. */
export interface ComparedPair extends Omit<Comparison, 'scores'> {
  readonly base: ComparedName
  readonly other: ComparedName
  readonly scores: readonly ComparedScore[]
}

/** All pairs of a choice. */
export interface ComparisonView {
  readonly pairs: readonly ComparedPair[]
}

/** Which sample: an eval with its variant as one text, the id and the epoch. */
export interface SampleAddress extends Pick<RecordKey, 'id' | 'epoch'> {
  readonly key: string
}

/** The document of an experiment, with what it cost together. */
export interface ShownDocument extends ExperimentDocument, Pick<ExperimentOverview, 'costUsd' | 'isCostPartial'> {}

/** Told about the rows of an experiment. */
export interface RowListener {
  onRows(chunk: RowChunk): void
  /** All rows up to now have come. */
  onCaughtUp(): void
  /** The experiment's figures have changed. */
  onDocument(document: ShownDocument): void
  /** Stored lines that cannot be read: all that were found so far. */
  onProblems(problems: readonly StoreProblem[]): void
  onFailure(error: Error): void
}

/** Where the page has its data from: a server, or the file it stands in. */
export interface DataSource {
  /** What it is, for people: the store of `evals view`, or the report. */
  describe(): Promise<SourceDescription>
  /** The newest first. */
  experiments(): Promise<readonly ExperimentOverview[]>
  /**
   * Sends the rows that changed after a version (0: all), and then those that change, until the returned function is
   * called or the run has ended.
   */
  follow(name: string, after: number, listener: RowListener): () => void
  /** `undefined` if nothing is recorded of the sample. */
  record(name: string, sample: SampleAddress): Promise<SampleRecord | undefined>
  /** An address of the bytes that a stored `$blob` names, for `img` and `audio`. */
  attachment(name: string, sha256: string, mediaType: string): Promise<string>
  labels(name: string): Promise<readonly SampleLabel[]>
  addLabel(name: string, label: SampleLabel): Promise<void>
  compare(choice: ComparisonChoice): Promise<ComparisonView>
}

/** What a {@link DataSource} is and can do. */
export interface SourceDescription {
  readonly title: string
  /** Whether people may add labels. */
  readonly labels: boolean
  /** Which comparisons there are: any, or one that was made before. */
  readonly comparisons: 'any' | { readonly base: string; readonly other: string } | 'none'
}

/** What a report holds, each part compressed: see `docs/dashboard.md`. */
export interface ReportIndex {
  readonly experiments: readonly ExperimentOverview[]
  /** By experiment. */
  readonly contents: Readonly<Record<string, ReportContents>>
  readonly comparison?: ComparisonView
  readonly createdAt: string
}

/** One experiment of a report. */
export interface ReportContents {
  readonly document: ShownDocument
  readonly problems: readonly StoreProblem[]
  /** The parts that hold row chunks, each with its version. */
  readonly rows: readonly { readonly part: string; readonly version: number }[]
  /** Names of the parts that hold records, `recordsPerPart` each, in the order of the row numbers. */
  readonly records: readonly string[]
  readonly recordsPerPart: number
  readonly labels: readonly SampleLabel[]
  /** SHA-256 → the part that holds the bytes. */
  readonly attachments: Readonly<Record<string, string>>
}
