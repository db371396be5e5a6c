import { declaredRoles, declareScorers, selectsAll, systemClock, toScorers, type TaskFingerprint } from '@evals/core'
import { afterAll, test as plainTest } from 'vitest'
import type { EvalMeta } from '../protocol.ts'
import { runBaselineTest } from './baseline-test.ts'
import { createPlan, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import { finishEval } from './finish-eval.ts'
import { isFiltered } from './load-samples.ts'
import type { Branch, LoadedEval } from './loaded-eval.ts'
import { Pilot } from './pilot.ts'
import { createRedact } from './redact.ts'
import { registerSamples } from './register-samples.ts'
import { resumeEval } from './resume-eval.ts'
import { recordUnstarted } from './sample-test.ts'
import { currentSuite } from './suite-path.ts'
import { runThresholdTest } from './threshold-test.ts'

/** Records the planned samples, by the names of their tests, whose task a failed fixture or hook kept from running. */
export type RecordUnstarted = (titles: readonly string[], cause: { message: string }) => Promise<void>

/** Registers the tests of one variant in the current suite: its samples × epochs, then its thresholds. */
export function registerEval(loaded: LoadedEval, branch: Branch, fingerprinted: TaskFingerprint): RecordUnstarted {
  const { name, run, context } = loaded
  const suite = currentSuite()
  const repetitions = repeatSamples(loaded)
  const plan = planEval(loaded, branch, { repetitions, task: fingerprinted })
  const recording = { plan, redact: createRedact(context.redact), run }
  const planned = registerSamples(loaded, branch, { ...recording, repetitions })
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
  registerGates(plan, loaded, recordFailedSetups)
  const filtered = planned.size === 0 && isFiltered(loaded.settings.selection)
  if (planned.size === 0) {
    const reason = filtered ? 'no sample has the ids or tags asked for' : 'the dataset is empty, which is allowed'
    // Vitest wants a test in every suite.
    plainTest(`${name} › 0 samples`, ({ skip }) => skip(reason))
  }
  suite.meta.evals = { ...metaOf(plan, loaded), ...(filtered ? { filtered } : {}) }
  afterAll(async () => {
    await recordFailedSetups()
    await finishEval(plan, suite)
  })
  return unstarted
}

/** The tests of the thresholds and of the baseline run alone, after all samples. */
function registerGates(plan: EvalPlan, { name, settings, baseline }: LoadedEval, before: () => Promise<void>): void {
  for (const threshold of plan.thresholds) {
    plainTest(`${name} › ${threshold.title}`, { concurrent: false }, async (test) => {
      await before()
      await runThresholdTest(plan, threshold, test)
    })
  }
  if (settings.baseline === undefined) return
  plainTest(`${name} › baseline`, { concurrent: false }, async (test) => {
    await before()
    if (baseline !== undefined) await runBaselineTest(plan, baseline, test)
  })
}

/** What the report is told of an eval before its tests run. */
function metaOf(plan: EvalPlan, { run, context, dataset, settings }: LoadedEval): EvalMeta {
  const { eval: name, variant, planned, scorers, maxErrorRate, pilot, sharded, thresholds, resumed } = plan
  const { fingerprint, drift, counts, removedScorers } = resumed.plan
  const relabelled = drift?.relabelled.length ?? 0
  return {
    eval: name,
    variant,
    experiment: run?.experiment ?? '',
    planned: planned.length,
    scorers: declareScorers(scorers),
    ...(maxErrorRate > 0 && pilot === undefined ? { maxErrorRate } : {}),
    fingerprint,
    dataset,
    ...(sharded ? { thresholds } : {}),
    ...(drift === undefined
      ? {}
      : {
          removed: drift.removed,
          resumed: { counts, drift: resumed.drift ?? [], ...(relabelled === 0 ? {} : { relabelled }) },
        }),
    ...(selectsAll(settings.selection) ? {} : { partly: true }),
    ...(removedScorers.length === 0 ? {} : { removedScorers }),
    ...(repoints(context) ? { roles: declaredRoles() } : {}),
    ...(pilot === undefined ? {} : { pilot: pilot.meta }),
  }
}

function repoints({ overrides, defaults }: LoadedEval['context']): boolean {
  return (overrides.models ?? defaults.models) !== undefined
}

/** Every sample as often as it is to run, also those that are skipped. */
function repeatSamples({ samples, batchSize, pilotOf, settings }: LoadedEval): PlannedSample[] {
  // The epochs of one sample are alike, so a pilot learns more of other samples.
  const epochs = Array.from({ length: pilotOf === undefined ? settings.epochs : 1 }, (_, epoch) => epoch)
  // A batch has samples of one epoch, so these come one after the other.
  if (batchSize !== undefined) return epochs.flatMap((epoch) => samples.map((sample) => ({ sample, epoch })))
  return samples.flatMap((sample) => epochs.map((epoch) => ({ sample, epoch })))
}

function planEval(
  { key, options, settings, pilotOf, run }: LoadedEval,
  { variant }: Branch,
  { repetitions, task }: { readonly repetitions: readonly PlannedSample[]; readonly task: TaskFingerprint },
): EvalPlan {
  const planned = repetitions.filter(({ sample }) => !sample.skip)
  const { passWhen } = options
  const scorers = toScorers(options.scorers ?? [])
  const sharded = settings.shard !== undefined
  return createPlan({
    eval: key,
    variant,
    planned,
    scorers,
    sharded,
    resumed: resumeEval(run, { eval: key, variant, planned, scorers, passWhen, task, sharded }),
    passWhen,
    thresholds: options.thresholds ?? {},
    reducers: [options.reducer ?? []].flat(),
    retries: options.retries ?? 0,
    sampleTimeoutMs: settings.sampleTimeoutMs,
    maxWaitMs: settings.maxWaitMs,
    traces: settings.traces,
    limits: options.limits,
    maxErrorRate: settings.maxErrorRate,
    run,
    pilot: pilotOf === undefined ? undefined : new Pilot(pilotOf, systemClock),
  })
}
