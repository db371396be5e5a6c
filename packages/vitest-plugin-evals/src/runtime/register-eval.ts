import { EvalsError, toScorers, type Sample, type Variant } from '@evals/core'
import pLimit from 'p-limit'
import { afterAll, afterEach, test as plainTest, type TestAPI, type TestContext } from 'vitest'
import type { RunContext } from '../protocol.ts'
import type { AnyEvalOptions } from './eval-options.ts'
import { createPlan, declarations, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import { finishEval } from './finish-eval.ts'
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
  const { plan, removed } = planEval(loaded, branch)
  const recording = { plan, redact: createRedact(context.redact), run }
  const planned = registerSamples(loaded, branch, recording)
  for (const threshold of plan.thresholds) {
    plainTest(`${name} › ${threshold.title}`, { concurrent: false }, (test) => runThresholdTest(plan, threshold, test))
  }
  // Vitest wants a test in every suite.
  if (planned.size === 0) plainTest.skip(`${name} › 0 samples`)
  suite.meta.evals = {
    eval: plan.eval,
    variant: plan.variant,
    experiment: run?.experiment ?? '',
    planned: plan.planned.length,
    scorers: declarations(plan),
    ...(removed.length > 0 ? { removed } : {}),
  }
  const unstarted: RecordUnstarted = async (titles, cause) => {
    for (const title of titles) {
      const sample = planned.get(title)
      if (sample !== undefined && run !== undefined) await recordUnstarted({ ...recording, run }, sample, cause)
    }
  }
  afterEach(async ({ task }) => {
    const [error] = task.result?.state === 'fail' ? (task.result.errors ?? []) : []
    if (error !== undefined) await unstarted([task.name], error)
  })
  afterAll(() => finishEval(plan, suite))
  return unstarted
}

function planEval(
  { key, options, settings, samples, run }: LoadedEval,
  { variant }: Branch,
): ReturnType<typeof createPlan> {
  const planned = samples
    .filter(({ skip }) => !skip)
    .flatMap((sample) => epochsOf(settings).map((epoch) => ({ sample, epoch })))
  return createPlan({
    eval: key,
    variant,
    planned,
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
  { name, task, options, settings, samples }: LoadedEval,
  branch: Branch,
  { plan, redact, run }: { plan: EvalPlan; redact: ReturnType<typeof createRedact>; run: WorkerRun | undefined },
): Map<string, PlannedSample> {
  const { names, destructured } = taskFixtures(task)
  const unnamed = destructured ? [] : branch.fixtures
  const limit = pLimit(settings.concurrency)
  const planned = new Map<string, PlannedSample>()
  for (const sample of samples) {
    const declare = sample.skip ? branch.test.skip : sample.only ? branch.test.only : branch.test
    for (const epoch of epochsOf(settings)) {
      const title = sampleTitle(name, { sample, epoch }, options.title)
      const runTest = (test: TestContext): Promise<void> => {
        if (run === undefined) throw new EvalsError('EVALS_RUNTIME_MISSING', 'A listed test cannot be run.')
        return limit(() => runSampleTest({ plan, run, redact, task, unnamed }, { sample, epoch }, test))
      }
      planned.set(title, { sample, epoch })
      declare(title, showFixtures(runTest, names))
    }
  }
  return planned
}

function epochsOf({ epochs }: EvalSettings): number[] {
  return Array.from({ length: epochs }, (_, epoch) => epoch)
}
