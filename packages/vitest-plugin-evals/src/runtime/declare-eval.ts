import { datasetIdentity, EvalsError, variantLabel, type Dataset } from '@evals/core'
import { afterAll, describe, test as plainTest, type RunnerTestSuite } from 'vitest'
import type { WatchMessage } from '../channel/watch-message.ts'
import type { RunContext } from '../protocol.ts'
import { readBatchSize } from './batch-task.ts'
import { checkEvalOptions } from './check-eval-options.ts'
import { requireEpochs } from './check-reducers.ts'
import { concurrencyWarning } from './concurrency-warning.ts'
import type { AnyEvalOptions } from './eval-options.ts'
import { loadSamples } from './load-samples.ts'
import type { Branch, LoadedEval } from './loaded-eval.ts'
import { planPilot } from './pilot.ts'
import { planBaseline } from './plan-baseline.ts'
import { registerEval, type RecordUnstarted } from './register-eval.ts'
import { registerFailure, type FailedEval } from './register-failure.ts'
import { resolveSettings } from './settings.ts'
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
  { name, task, options, dataset, batch, branches }: EvalDeclaration,
  { key, context }: { readonly key: string; readonly context: RunContext },
): Promise<LoadedEval> {
  if (typeof name !== 'string' || name.trim() === '' || typeof task !== 'function') {
    throw new EvalsError(
      'EVALS_EVAL_INVALID',
      'An eval needs a name and a task: evalTest.each(rows)(name, (row, context) => output, options?).',
    )
  }
  checkEvalOptions(options)
  const batchSize = batch === undefined ? undefined : readBatchSize(batch)
  const suite = currentSuite()
  claimKey(key, suite.file)
  const settings = resolveSettings(options, context)
  requireEpochs(options.reducer, Math.max(settings.epochs, options.epochs ?? context.defaults.epochs ?? 1))
  const warning = concurrencyWarning(name, { own: settings.concurrency, worker: context.concurrency, batchSize })
  // oxlint-disable-next-line no-console -- a worker has no other way to a person
  if (warning !== undefined) console.warn(warning)
  const { input, expected, id, tags, metadata, cluster, skip, only, allowEmpty = false } = options
  const given = Object.entries({ input, expected, id, tags, metadata, cluster, skip, only }).filter(
    ([, pick]) => pick !== undefined,
  )
  const { selection } = settings
  const { filepath: file } = suite.file
  const { version } = options
  const variants = branches.map(({ variant }) => variant)
  const run = await workerRun(context)
  const { root, project } = context
  const addWatchFile = (path: string): void => run?.main.tell('watch', { project, file, path } satisfies WatchMessage)
  const [samples, fingerprints, baseline] = await Promise.all([
    loadSamples({ dataset, picks: Object.fromEntries(given), selection, root, addWatchFile, allowEmpty }),
    taskFingerprints({ task, name, file, version, variants }, context, run),
    planBaseline(settings.baseline, run, key),
    run?.begun,
  ])
  const loaded = {
    name,
    key,
    task,
    batchSize,
    options,
    settings,
    context,
    run,
    fingerprints,
    baseline,
    dataset: datasetIdentity(dataset, samples),
  }
  const { estimate: size, epochs } = settings
  if (size === undefined) return { ...loaded, samples }
  return { ...loaded, ...planPilot(samples, { size, batchSize, seed: selection.seed, epochs }) }
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
