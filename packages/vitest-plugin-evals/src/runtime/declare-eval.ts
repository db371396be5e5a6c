import { datasetIdentity, EvalsError, variantLabel, withoutUndefined, type Dataset } from '@evals/core'
import { afterAll, describe, test as plainTest, type RunnerTestSuite } from 'vitest'
import type { WatchMessage } from '../channel/watch-message.ts'
import type { RunContext } from '../protocol.ts'
import { readBatchSize } from './batch-task.ts'
import { checkEvalOptions } from './check-eval-options.ts'
import { requireEpochs } from './check-reducers.ts'
import { concurrencyWarning } from './concurrency-warning.ts'
import type { AnyEvalOptions } from './eval-options.ts'
import { loadSamples, type EvalSource } from './load-samples.ts'
import type { Branch, LoadedEval } from './loaded-eval.ts'
import { planPilot } from './pilot.ts'
import { planBaseline } from './plan-baseline.ts'
import { registerEval, type RecordUnstarted } from './register-eval.ts'
import { registerFailure, type FailedEval } from './register-failure.ts'
import { resolveSettings, type EvalSettings } from './settings.ts'
import { claimKey, currentSuite, suiteKey } from './suite-path.ts'
import { taskFingerprints } from './task-fingerprint.ts'
import type { Task } from './task-call.ts'
import { runContext, workerRun } from './worker-state.ts'

/** What the user wrote. */
export interface EvalDeclaration {
  readonly name: string
  readonly task: Task
  readonly options: AnyEvalOptions
  readonly dataset: Dataset<unknown>
  /** Options of `evalTest.batch`, whose task takes several rows; not checked yet. */
  readonly batch?: object | undefined
  readonly branches: readonly Branch[]
  readonly mode: 'run' | 'skip' | 'only'
}

/** The registered variants of an eval, each with its suite. */
type Registered = { readonly suite: RunnerTestSuite; readonly recordUnstarted: RecordUnstarted }[]

/** Declares one eval: a `describe` with a test per sample, epoch and variant, and the thresholds' tests at the end. */
export function declareEval(declaration: EvalDeclaration): void {
  const { name, mode, branches } = declaration
  const context = runContext()
  const registered: Registered = []
  afterAll(({}, outer) => recordAfterFailedHook(registered, outer))
  const describeEval = mode === 'run' ? describe : describe[mode]
  describeEval(name, { concurrent: true }, async () => {
    // A skipped eval reads no dataset, but Vitest wants a test in every suite.
    if (mode === 'skip') return plainTest.skip(`${name} › all samples`)
    const key = suiteKey(currentSuite(), context)
    try {
      const loaded = await loadEval(declaration, { key, context })
      for (const [index, branch] of branches.entries()) {
        const register = (): void => {
          const recordUnstarted = registerEval(loaded, branch, loaded.fingerprints[index] ?? {})
          registered.push({ suite: currentSuite(), recordUnstarted })
        }
        const { variant } = branch
        const label = variantLabel(variant)
        if (label === '') register()
        else describe(label, { concurrent: true }, () => orFailedTest({ name, key, variant, context }, register))
      }
    } catch (error) {
      registerFailure({ name, key, variant: {}, context }, error)
    }
  })
}

function orFailedTest(failed: FailedEval, register: () => void): void {
  try {
    register()
  } catch (error) {
    registerFailure(failed, error)
  }
}

async function loadEval(
  declaration: EvalDeclaration,
  { key, context }: { readonly key: string; readonly context: RunContext },
): Promise<LoadedEval> {
  const { name, task, options, dataset, branches } = declaration
  const batchSize = checkDeclaration(declaration)
  const { file } = currentSuite()
  claimKey(key, file)
  const settings = settle({ name, options, batchSize }, context)
  const run = await workerRun(context)
  const { selection, estimate: size, epochs } = settings
  const place = { project: context.project, file: file.filepath }
  const addWatchFile = (path: string): void => run?.main.tell('watch', { ...place, path } satisfies WatchMessage)
  const variants = branches.map(({ variant }) => variant)
  const [samples, fingerprints, baseline] = await Promise.all([
    loadSamples({ ...sourceOf(options), dataset, selection, root: context.root, addWatchFile }),
    taskFingerprints({ task, name, file: file.filepath, version: options.version, variants }, context, run),
    planBaseline(settings.baseline, run, key),
    run?.begun,
  ])
  const identity = datasetIdentity(dataset, samples)
  const parts = { name, key, task, batchSize, options, settings, context, run, fingerprints, baseline }
  if (size === undefined) return { ...parts, dataset: identity, samples }
  const pilot = planPilot(samples, { size, batchSize, seed: selection.seed, epochs })
  return { ...parts, dataset: identity, ...pilot }
}

/** @returns how many rows one call of the task gets at most; `undefined` where it gets one by itself */
function checkDeclaration({ name, task, options, batch }: EvalDeclaration): number | undefined {
  if (typeof name !== 'string' || name.trim() === '' || typeof task !== 'function') {
    throw new EvalsError(
      'EVALS_EVAL_INVALID',
      'An eval needs a name and a task: evalTest.each(rows)(name, (row, context) => output, options?).',
    )
  }
  checkEvalOptions(options)
  return batch === undefined ? undefined : readBatchSize(batch)
}

function settle(
  { name, options, batchSize }: Pick<LoadedEval, 'name' | 'options' | 'batchSize'>,
  context: RunContext,
): EvalSettings {
  const settings = resolveSettings(options, context)
  requireEpochs(options.reducer, Math.max(settings.epochs, options.epochs ?? context.defaults.epochs ?? 1))
  const warning = concurrencyWarning(name, { own: settings.concurrency, worker: context.concurrency, batchSize })
  // oxlint-disable-next-line no-console -- a worker has no other way to a person
  if (warning !== undefined) console.warn(warning)
  return settings
}

/** Where the parts of samples come from. */
function sourceOf(options: AnyEvalOptions): Pick<EvalSource, 'picks' | 'allowEmpty'> {
  const { input, expected, id, tags, metadata, cluster, skip, only, allowEmpty = false } = options
  return { picks: withoutUndefined({ input, expected, id, tags, metadata, cluster, skip, only }), allowEmpty }
}

/** A failed `beforeAll` keeps the tests of its suite from starting; their samples get a record that says so. */
async function recordAfterFailedHook(registered: Registered, outer: RunnerTestSuite): Promise<void> {
  const [error] = outer.result?.errors ?? []
  if (error === undefined) return
  for (const { suite, recordUnstarted } of registered) {
    // Vitest marks them as skipped; those that a filter left out have no result at all.
    const selected = suite.tasks.filter(
      ({ type, mode, result }) => type === 'test' && (mode === 'run' || result !== undefined),
    )
    await recordUnstarted(
      selected.map(({ name }) => name),
      error,
    )
  }
}
