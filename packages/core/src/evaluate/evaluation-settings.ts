import { longestTimerMs, systemClock, type Clock } from '../clock.ts'
import type { RowPicks } from '../dataset/sample.ts'
import type { Selection } from '../dataset/select-samples.ts'
import { EvalsError } from '../errors.ts'
import { didYouMean } from '../near-names.ts'
import type { TaskFingerprint } from '../resume/eval-fingerprint.ts'
import type { ResumeMode } from '../resume/resume-mode.ts'
import type { SamplePlan } from '../sample/sample-job.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { toScorers } from '../scoring/to-scorers.ts'
import { MemoryStore } from '../store/memory-store.ts'
import type { ExperimentStore } from '../store/experiment-store.ts'
import { canonicalHash } from '../stored-value/canonical-hash.ts'
import { readThresholds, type Threshold } from '../summary/threshold.ts'
import { withoutUndefined } from '../without-undefined.ts'
import type { EvaluateOptions } from './evaluate-options.ts'

const modes: readonly ResumeMode[] = ['auto', 'missing', 'never', 'restart', 'force']

/** The options of an evaluation, checked and with their defaults. */
export interface EvaluationSettings extends Pick<EvaluateOptions, 'name' | 'data' | 'task'> {
  readonly budgetUsd: number | undefined
  readonly samplePlan: SamplePlan
  readonly thresholds: readonly Threshold[]
  readonly variants: NonNullable<EvaluateOptions['variants']>
  readonly picks: RowPicks<unknown>
  readonly selection: Selection
  readonly epochs: number
  readonly concurrency: number
  readonly allowEmpty: boolean
  readonly store: ExperimentStore
  readonly experiment: string | undefined
  readonly mode: ResumeMode
  readonly fingerprint: TaskFingerprint
  readonly root: string
  readonly signal: AbortSignal
  readonly emit: NonNullable<EvaluateOptions['onEvent']>
  readonly clock: Clock
}

/**
 * Checks the options of an evaluation.
 * @throws EvalsError `EVALS_EVAL_INVALID`, `EVALS_OPTION_INVALID`, and those of scorers and thresholds
 */
export function readSettings(options: EvaluateOptions): EvaluationSettings {
  const { epochs = 1, concurrency = 100, resume: mode = 'auto' } = options
  checkOptions({ ...options, epochs, concurrency, resume: mode })
  const scorers = toScorers(options.scorers ?? [])
  return {
    name: options.name,
    data: options.data,
    task: options.task,
    epochs,
    concurrency,
    mode,
    samplePlan: samplePlanOf(options, scorers),
    thresholds: readThresholds(options.thresholds ?? {}, scorers),
    variants: options.variants ?? {},
    picks: picksOf(options),
    selection: options.selection ?? {},
    allowEmpty: options.allowEmpty ?? false,
    budgetUsd: options.budgetUsd,
    store: options.store ?? new MemoryStore(),
    experiment: options.experiment,
    fingerprint: fingerprintOf(options),
    root: options.root ?? process.cwd(),
    signal: options.signal ?? new AbortController().signal,
    emit: options.onEvent ?? (() => {}),
    clock: options.clock ?? systemClock,
  }
}

type Checked = EvaluateOptions & Required<Pick<EvaluateOptions, 'epochs' | 'concurrency' | 'resume'>>

function checkOptions({ name, task, resume, epochs, concurrency, retries = 0, ...options }: Checked): void {
  if (typeof name !== 'string' || name.trim() === '' || typeof task !== 'function') {
    throw new EvalsError('EVALS_EVAL_INVALID', '`evaluate` needs a `name`, `data` and a `task`, a function of a row.')
  }
  if (!modes.includes(resume)) {
    throw invalid('resume', `one of ${modes.join(', ')}, not "${String(resume)}".${didYouMean(String(resume), modes)}`)
  }
  for (const [option, value] of Object.entries({ epochs, concurrency, retries })) {
    const least = option === 'retries' ? 0 : 1
    if (!Number.isInteger(value) || value < least)
      throw invalid(option, `a whole number from ${least} on, not ${value}.`)
  }
  const { sampleTimeout = 0, maxWait = 0 } = options
  for (const [option, value] of Object.entries({ sampleTimeout, maxWait })) {
    if (!(value >= 0 && value <= longestTimerMs))
      throw invalid(option, `milliseconds from 0 to ${longestTimerMs}, not ${value}.`)
  }
}

function samplePlanOf(options: EvaluateOptions, scorers: readonly Scorer[]): SamplePlan {
  const { passWhen, retries = 0, sampleTimeout = 300_000, maxWait = 1_800_000, traces = 'errors', limits } = options
  return { scorers, passWhen, retries, sampleTimeoutMs: sampleTimeout, maxWaitMs: maxWait, traces, limits }
}

function picksOf({ input, expected, id, tags, metadata, cluster }: EvaluateOptions): RowPicks<unknown> {
  return withoutUndefined({ input, expected, id, tags, metadata, cluster })
}

function fingerprintOf({ version, task, models }: EvaluateOptions): TaskFingerprint {
  const text = Function.prototype.toString.call(task)
  return withoutUndefined({ task: version ?? canonicalHash(text).slice(0, 16), models })
}

function invalid(option: string, expected: string): EvalsError {
  return new EvalsError('EVALS_OPTION_INVALID', `\`${option}\` must be ${expected}`, { details: { option } })
}
