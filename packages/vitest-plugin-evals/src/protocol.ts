import type {
  DatasetIdentity,
  BaselineVerdict,
  Estimate,
  EvalFingerprint,
  PilotTimes,
  ResumeMode,
  ResumePlan,
  SampleResult,
  ScorerDeclaration,
  Threshold,
  ThresholdVerdict,
  UndeclaredEval,
  Variant,
} from '@evals/core'
import type { RunOptions } from './options.ts'

/** Under this key Vitest's main process gives its workers the {@link RunContext}. */
export const contextKey = 'vitest-plugin-evals'

/** What the workers need to know of the run. */
export interface RunContext {
  /** Absolute path; eval names and relative files start here. */
  readonly root: string
  readonly project: string
  /** Set by the command line or the environment: these win over an eval's own options. */
  readonly overrides: RunOptions
  /** Set by the plugin's options: an eval's own options win over these. */
  readonly defaults: RunOptions
  /** Samples in progress per worker, as the run or the project says. */
  readonly concurrency: number
  /** Source of the `redact` function. */
  readonly redact?: string
  /** Absent while tests are only listed. */
  readonly run?: ActiveRun
}

/** The run that is going on. */
export interface ActiveRun {
  readonly id: string
  readonly experiment: string
  /** URL of the store. */
  readonly storage: string
  readonly resume: ResumeFacts
  /** Name of the channel between the main process and the workers, see `channel/`. */
  readonly channel: string
  /** Id of the thread that is Vitest's main process for them. */
  readonly mainThread: number
}

/** What the workers need to know to go on with an experiment. */
export interface ResumeFacts {
  readonly mode: ResumeMode
  /** The experiment may hold records of earlier runs. */
  readonly extends: boolean
  /** Which tests run, whatever is recorded: those `picked` by name or since they failed, or `all`, in watch mode. */
  readonly rerun: 'none' | 'picked' | 'all'
  /** By eval and variant: what they were when their samples were recorded. */
  readonly fingerprints: Readonly<Record<string, EvalFingerprint>>
}

/** `meta.evals` of an eval's suite: the plan, and at the end what needs the scorers' code or whole records. */
export interface EvalMeta {
  readonly eval: string
  readonly variant: Variant
  readonly experiment: string
  /** Planned samples × epochs. */
  readonly planned: number
  readonly scorers: readonly ScorerDeclaration[]
  /** Absent where no sample may end in an error, and in a pilot, which judges nothing. */
  readonly maxErrorRate?: number
  /** Recorded samples (`id`, or `id #epoch`) that are not planned any more. */
  readonly removed?: readonly string[]
  /** A filter or limit leaves samples out, so that `removed` does not tell what is gone. */
  readonly partly?: true
  /** Scorers that gave recorded scores, and that the eval has no longer: their scores leave the figures. */
  readonly removedScorers?: readonly string[]
  readonly fingerprint: EvalFingerprint
  readonly dataset: DatasetIdentity
  /** Present where shards by sample leave them to be judged at the merge. */
  readonly thresholds?: readonly Threshold[]
  /** How it goes on with what earlier runs recorded; absent where they recorded nothing. */
  readonly resumed?: ResumedMeta
  /** Roles that code of its worker has declared; present where the run re-points any. */
  readonly roles?: readonly string[]
  /** `ids` or `tags` left no sample of it. */
  readonly filtered?: boolean
  readonly metrics?: Readonly<Record<string, Readonly<Record<string, Estimate>>>>
  readonly worst?: readonly WorstSample[]
  /** Present where the planned samples are only the pilot of an estimate. */
  readonly pilot?: PilotMeta
}

/** What becomes of the planned samples, and how the eval differs from what is recorded. */
export interface ResumedMeta {
  readonly counts: ResumePlan['counts']
  readonly drift: readonly string[]
  /** Samples whose row changed; absent where none did. Where the input changed, too, what `counts` has as scored runs. */
  readonly relabelled?: number
}

/** What the pilot of an estimate measured, and how many samples × epochs the whole eval has. */
export interface PilotMeta extends PilotTimes {
  readonly planned: number
}

/** A sample with a bad score; the texts are cut to a line. */
export interface WorstSample {
  readonly id: string
  readonly epoch: number
  readonly scorer: string
  readonly value: number
  readonly input: string
  readonly expected?: string
  readonly output: string
}

/** `meta.evals` of a sample's test. */
export interface SampleMeta extends SampleResult {
  /** An earlier run recorded it, and nothing ran. */
  readonly kept?: true
}

/** `meta.evals` of a threshold's test. `asked`: it was selected, yet its set is partial. */
export interface ThresholdMeta extends ThresholdVerdict {
  readonly asked?: boolean
}

/** `meta.evals` of the test that compares an eval with its baseline. `asked` as of a threshold. */
export interface BaselineMeta extends BaselineVerdict {
  readonly asked?: boolean
}

/** `meta.evals` of the one test of an eval that could not be declared. */
export interface UndeclaredMeta {
  readonly undeclared: UndeclaredEval
}

declare module 'vitest' {
  interface ProvidedContext {
    'vitest-plugin-evals': RunContext
  }
  interface TaskMeta {
    /** Written by vitest-plugin-evals. */
    evals?: EvalMeta | SampleMeta | ThresholdMeta | BaselineMeta | UndeclaredMeta
  }
}
