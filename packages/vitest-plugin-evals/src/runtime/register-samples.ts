import { EvalsError } from '@evals/core'
import pLimit from 'p-limit'
import type { RunnerTestSuite, TestContext } from 'vitest'
import { callInBatches } from './batch-task.ts'
import type { EvalPlan, PlannedSample } from './eval-plan.ts'
import type { Branch, LoadedEval } from './loaded-eval.ts'
import type { Redact } from './redact.ts'
import { runSampleTest } from './sample-test.ts'
import { sampleTitle } from './sample-title.ts'
import { currentSuite } from './suite-path.ts'
import { callSingly, type TaskCaller } from './task-call.ts'
import { showFixtures, taskFixtures } from './task-fixtures.ts'
import type { WorkerRun } from './worker-state.ts'

/** The samples of one variant, and where their records go. */
export interface SamplesToRegister {
  readonly repetitions: readonly PlannedSample[]
  readonly plan: EvalPlan
  readonly redact: Redact
  readonly run: WorkerRun | undefined
}

/** Registers a test for each sample × epoch in the current suite; returns the samples by the names of their tests. */
export function registerSamples(
  loaded: LoadedEval,
  branch: Branch,
  { repetitions, plan, redact, run }: SamplesToRegister,
): ReadonlyMap<string, PlannedSample> {
  const { name, options, settings, context } = loaded
  const { names, destructured } = taskFixtures(loaded.task)
  const show = showFixtures(names)
  const limit = limitTo(settings.concurrency, context.concurrency)
  const planned = new Map<string, PlannedSample>()
  const caller = taskCaller(loaded, {
    fixtures: branch.fixtures,
    unnamed: destructured ? [] : branch.fixtures,
    samples: countSelected(currentSuite(), planned),
  })
  const { pilot } = plan
  for (const [index, repetition] of repetitions.entries()) {
    const { sample } = repetition
    const declare =
      sample.skip || isElsewhere(index, settings.shard)
        ? branch.test.skip
        : sample.only
          ? branch.test.only
          : branch.test
    const title = sampleTitle(name, repetition, options.title)
    const runTest = (test: TestContext): Promise<void> => {
      if (run === undefined) throw new EvalsError('EVALS_RUNTIME_MISSING', 'A listed test cannot be run.')
      const runSample = (): Promise<void> => runSampleTest({ plan, run, redact, caller }, repetition, test)
      return limit(() => caller.track(pilot === undefined ? runSample : () => pilot.measure(runSample)))
    }
    planned.set(title, repetition)
    declare(title, show(runTest))
  }
  return planned
}

function isElsewhere(index: number, shard: LoadedEval['settings']['shard']): boolean {
  return shard !== undefined && index % shard.count !== shard.index
}

function taskCaller(
  { task, batchSize, settings, context }: LoadedEval,
  parts: { fixtures: readonly string[]; unnamed: readonly string[]; samples: () => number },
): TaskCaller {
  if (batchSize === undefined) return callSingly(task, parts.unnamed)
  const concurrency = Math.min(settings.concurrency, context.concurrency)
  return callInBatches({ ...parts, task, size: batchSize, concurrency })
}

/** How many of the planned samples' tests no filter leaves out, which is known when they run. */
function countSelected(suite: RunnerTestSuite, planned: ReadonlyMap<string, PlannedSample>): () => number {
  return () => suite.tasks.filter(({ name, mode }) => planned.has(name) && mode !== 'skip' && mode !== 'todo').length
}

/** Vitest itself keeps to the project's concurrency. */
function limitTo(concurrency: number, projectConcurrency: number): (work: () => Promise<void>) => Promise<void> {
  return concurrency < projectConcurrency ? pLimit(concurrency) : (work) => work()
}
