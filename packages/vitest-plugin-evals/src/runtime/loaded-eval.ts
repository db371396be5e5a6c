import type { DatasetIdentity, Sample, TaskFingerprint, Variant } from '@evals/core'
import type { TestAPI } from 'vitest'
import type { RunContext } from '../protocol.ts'
import type { AnyEvalOptions } from './eval-options.ts'
import type { PlannedBaseline } from './plan-baseline.ts'
import type { EvalSettings } from './settings.ts'
import type { Task } from './task-call.ts'
import type { WorkerRun } from './worker-state.ts'

/** Vitest's `test` with the fixtures of one combination of variants. */
export interface Branch {
  readonly variant: Variant
  readonly test: TestAPI
  /** Names of all fixtures added by `.extend` and `.variants`. */
  readonly fixtures: readonly string[]
}

/** An eval whose samples are known. */
export interface LoadedEval {
  readonly name: string
  readonly key: string
  readonly task: Task
  /** Present where the task takes several rows: most of them in one call. */
  readonly batchSize?: number | undefined
  readonly options: AnyEvalOptions
  readonly settings: EvalSettings
  readonly samples: readonly Sample[]
  /** Present where `samples` are only the pilot of an estimate: samples × epochs of the whole eval. */
  readonly pilotOf?: number | undefined
  readonly dataset: DatasetIdentity
  /** What makes its answers, in the order of its variants. */
  readonly fingerprints: readonly TaskFingerprint[]
  readonly baseline: PlannedBaseline | undefined
  readonly context: RunContext
  /** Absent while tests are only listed. */
  readonly run: WorkerRun | undefined
}
