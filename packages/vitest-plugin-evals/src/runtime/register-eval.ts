import { EvalsError, toScorers, type Sample, type Variant } from '@evals/core'
import pLimit from 'p-limit'
import { afterAll, test as plainTest, type TestAPI, type TestContext } from 'vitest'
import type { RunContext } from '../protocol.ts'
import type { AnyEvalOptions } from './eval-options.ts'
import { createPlan, declarations, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import { finishEval } from './finish-eval.ts'
import { isFiltered } from './load-samples.ts'
import { createRedact } from './redact.ts'
import { recordUnstarted, runSampleTest, type Task } from './sample-test.ts'
import { sampleTitle } from './sample-title.ts'
import type { EvalSettings } from './settings.ts'
import { currentSuite } from './suite-path.ts'
import { showFixtures, taskFixtures } from './task-fixtures.ts'
import { runThresholdTest } from './threshold-test.ts'
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
  readonly options: AnyEvalOptions
  readonly settings: EvalSettings
  readonly samples: readonly Sample[]
  readonly context: RunContext
  /** Absent while tests are only listed. */
  readonly run: WorkerRun | undefined
}

/** Records the planned samples, by the names of their tests, whose task a failed fixture or hook kept from running. */
export type RecordUnstarted = (titles: readonly string[], cause: { message: string }) => Promise<void>

/** Registers the tests of one variant in the current suite: its samples × epochs, then its thresholds. */
export function registerEval(loaded: LoadedEval, branch: Branch): RecordUnstarted {
  const { name, run, context } = loaded
  const suite = currentSuite()
  const repetitions = repeatSamples(loaded)
  const { plan, removed } = planEval(loaded, branch, repetitions)
  const recording = { plan, redact: createRedact(context.redact), run }
  const planned = registerSamples(loaded, branch, { ...recording, repetitions })
  for (const threshold of plan.thresholds) {
    plainTest(`${name} › ${threshold.title}`, { concurrent: false }, async (test) => {
      await recordFailedSetups()
      await runThresholdTest(plan, threshold, test)
    })
  }
  const filtered = planned.size === 0 && isFiltered(loaded.settings.selection)
  if (planned.size === 0) {
    const reason = filtered ? 'no sample has the ids or tags asked for' : 'the dataset is empty, which is allowed'
    // Vitest wants a test in every suite.
    plainTest(`${name} › 0 samples`, ({ skip }) => skip(reason))
  }
  suite.meta.evals = {
    eval: plan.eval,
    variant: plan.variant,
    experiment: run?.experiment ?? '',
    planned: plan.planned.length,
    scorers: declarations(plan),
    ...(removed.length > 0 ? { removed } : {}),
    ...(filtered ? { filtered } : {}),
  }
  const unstarted: RecordUnstarted = async (titles, cause) => {
    for (const title of titles) {
      const sample = planned.get(title)
      if (sample !== undefined && run !== undefined) await recordUnstarted({ ...recording, run }, sample, cause)
    }
  }
  // Once for all of them: an `afterEach` would cost every sample more than its record does.
  const recordFailedSetups = async (): Promise<void> => {
    for (const task of suite.tasks) {
      const [error] = task.result?.state === 'fail' ? (task.result.errors ?? []) : []
      if (error !== undefined) await unstarted([task.name], error)
    }
  }
  afterAll(async () => {
    await recordFailedSetups()
    await finishEval(plan, suite)
  })
  return unstarted
}

/** Every sample as often as it is to run, also those that are skipped. */
function repeatSamples({ samples, settings: { epochs } }: LoadedEval): PlannedSample[] {
  return samples.flatMap((sample) => Array.from({ length: epochs }, (_, epoch) => ({ sample, epoch })))
}

function planEval(
  { key, options, settings, run }: LoadedEval,
  { variant }: Branch,
  repetitions: readonly PlannedSample[],
): ReturnType<typeof createPlan> {
  return createPlan({
    eval: key,
    variant,
    planned: repetitions.filter(({ sample }) => !sample.skip),
    scorers: toScorers(options.scorers ?? []),
    passWhen: options.passWhen,
    thresholds: options.thresholds ?? {},
    retries: options.retries ?? 0,
    sampleTimeoutMs: settings.sampleTimeoutMs,
    maxErrorRate: settings.maxErrorRate,
    earlier: run?.earlier ?? new Map(),
    run,
  })
}

function registerSamples(
  { name, task, options, settings, context }: LoadedEval,
  branch: Branch,
  { repetitions, plan, redact, run }: SamplesToRegister,
): Map<string, PlannedSample> {
  const { names, destructured } = taskFixtures(task)
  const unnamed = destructured ? [] : branch.fixtures
  const show = showFixtures(names)
  const limit = limitTo(settings.concurrency, context.concurrency)
  const planned = new Map<string, PlannedSample>()
  for (const repetition of repetitions) {
    const { sample } = repetition
    const declare = sample.skip ? branch.test.skip : sample.only ? branch.test.only : branch.test
    const title = sampleTitle(name, repetition, options.title)
    const runTest = (test: TestContext): Promise<void> => {
      if (run === undefined) throw new EvalsError('EVALS_RUNTIME_MISSING', 'A listed test cannot be run.')
      return limit(() => runSampleTest({ plan, run, redact, task, unnamed }, repetition, test))
    }
    planned.set(title, repetition)
    declare(title, show(runTest))
  }
  return planned
}

interface SamplesToRegister {
  readonly repetitions: readonly PlannedSample[]
  readonly plan: EvalPlan
  readonly redact: ReturnType<typeof createRedact>
  readonly run: WorkerRun | undefined
}

/** Vitest itself keeps to the project's concurrency. */
function limitTo(concurrency: number, projectConcurrency: number): (work: () => Promise<void>) => Promise<void> {
  return concurrency < projectConcurrency ? pLimit(concurrency) : (work) => work()
}
