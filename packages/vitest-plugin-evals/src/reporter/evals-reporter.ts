import { BroadcastChannel } from 'node:worker_threads'
import { EvalsError, evalKey, systemClock } from '@evals/core'
import type { Reporter, TestCase, TestModule, TestProject, TestSpecification, TestSuite, Vitest } from 'vitest/node'
import { contextKey, type EvalMeta, type RunContext, type RunMessage } from '../protocol.ts'
import { EvalBoard } from './eval-board.ts'
import { closeMerged, ExperimentRun, type RunEnd } from './experiment-run.ts'
import { statusOf } from './experiment-status.ts'
import { Interruption } from './interruption.ts'
import { findMissingVerdicts } from './missing-verdicts.ts'
import { prepareOutput } from './output.ts'
import { Progress } from './progress.ts'
import { renderReport } from './render-report.ts'
import { quietDefaultReporter } from './quiet-default-reporter.ts'

/** One run in progress. */
interface Running {
  /** Absent while reports are merged: then nothing runs and nothing is written. */
  readonly run?: ExperimentRun
  readonly board: EvalBoard
  readonly progress?: Progress
  readonly channel?: BroadcastChannel
  readonly startedAt: number
}

/** Follows a run in Vitest's main process: opens and closes the experiment, shows progress, prints the report. */
export class EvalsReporter implements Reporter {
  readonly #vitest: Vitest
  readonly #contexts = new Map<TestProject, RunContext>()
  readonly #interruption: Interruption
  #running: Running | undefined
  #first = true

  constructor(vitest: Vitest) {
    this.#vitest = vitest
    this.#interruption = new Interruption(vitest)
  }

  /** Called for each eval project before the run. */
  addProject(project: TestProject, context: RunContext): void {
    this.#contexts.set(project, context)
    quietDefaultReporter(this.#vitest, [...this.#contexts.keys()])
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const startedAt = performance.now()
    if (this.#vitest.config.mergeReports !== undefined) {
      this.#running = { board: new EvalBoard(), startedAt }
      return
    }
    const projects = new Set(
      specifications.map(({ project }) => project).filter((project) => this.#contexts.has(project)),
    )
    const [context] = [...projects].map((project) => this.#contexts.get(project))
    if (context === undefined) return
    const run = await ExperimentRun.open({
      context: commonContext([...projects].map((project) => this.#contexts.get(project)!)),
      watch: this.#vitest.config.watch,
      first: this.#first,
      vitestVersion: this.#vitest.version,
    })
    this.#first = false
    for (const project of projects) project.provide(contextKey, { ...this.#contexts.get(project)!, run: run.active })
    const progress = new Progress(prepareOutput(this.#vitest), systemClock)
    const channel = new BroadcastChannel(run.active.channel)
    this.#running = { run, board: new EvalBoard(run.earlier), progress, channel, startedAt }
    if (!this.#vitest.config.watch) this.#interruption.install()
  }

  onTestModuleQueued(): void {
    const { channel } = this.#running ?? {}
    // Vitest clears what is registered before the run, so this is the first moment.
    if (channel !== undefined && !this.#listening.has(channel)) {
      this.#listening.add(channel)
      this.#vitest.onCancel((reason) => channel.postMessage({ type: 'cancel', reason } satisfies RunMessage))
    }
  }

  readonly #listening = new WeakSet<BroadcastChannel>()

  onTestModuleCollected(module: TestModule): void {
    for (const suite of module.children.allSuites()) this.#plan(suite)
  }

  onTestSuiteResult(suite: TestSuite): void {
    const meta = planOf(suite)
    if (meta !== undefined) this.#running?.board.plan(meta)
  }

  onTestCaseResult(test: TestCase): void {
    const { evals } = test.meta()
    const meta = planOf(test.parent)
    if (evals === undefined || meta === undefined || this.#running === undefined) return
    const { board, progress } = this.#running
    if ('threshold' in evals) board.addVerdict(meta, evals)
    else if ('outcome' in evals) {
      board.addResult(meta, evals)
      progress?.add(evals)
    }
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly unknown[],
    reason: 'passed' | 'failed' | 'interrupted',
  ): Promise<void> {
    if (this.#running === undefined) return
    const { run, board, progress, channel, startedAt } = this.#running
    this.#running = undefined
    channel?.close()
    progress?.stop()
    this.#interruption.release()
    if (run !== undefined) await board.addUnreported(() => run.recorded())
    const evals = await board.summaries()
    const interrupted = reason === 'interrupted' || this.#interruption.requested
    const status = statusOf(evals, { interrupted, sharded: this.#vitest.config.shard !== undefined })
    if (run === undefined) await this.#closeMerged(board, { status, summaries: evals })
    else await run.close({ status, ended: interrupted ? 'interrupted' : 'finished', summaries: evals })
    const missing = interrupted ? [] : findMissingVerdicts(board.entries, modules)
    if (evals.length > 0) {
      const text = renderReport({
        experiment: run?.active.experiment ?? 'merged reports',
        location: run === undefined ? 'Merged reports; the records stay where the runs wrote them.' : run.location,
        durationMs: performance.now() - startedAt,
        evals,
        worst: new Map(board.entries.map(({ meta }) => [evalKey(meta.eval, meta.variant), meta.worst ?? []])),
        warnings: [
          ...(run?.problems ?? []).map(({ where, what }) => `${where}: ${what}`),
          ...missing.map((message) => `No verdict: ${message}`),
        ],
      })
      prepareOutput(this.#vitest).write(text)
    }
    if (this.#interruption.requested) process.exitCode = 130
    else if (missing.length > 0) process.exitCode = 1
  }

  /** Shards of one experiment leave its figures to the merge. */
  async #closeMerged(board: EvalBoard, end: RunEnd): Promise<void> {
    const [experiment, ...others] = new Set(board.entries.map(({ meta }) => meta.experiment))
    const [context] = this.#contexts.values()
    if (experiment !== undefined && others.length === 0 && context !== undefined) await closeMerged(context, experiment, end)
  }

  #plan(suite: TestSuite): void {
    const meta = planOf(suite)
    if (meta === undefined || this.#running === undefined) return
    this.#running.board.plan(meta)
    this.#running.progress?.plan(meta.planned)
  }
}

function planOf(parent: TestSuite | TestModule): EvalMeta | undefined {
  const { evals } = parent.meta()
  return evals !== undefined && 'planned' in evals ? evals : undefined
}

/** One run writes to one experiment, whatever the number of eval projects. */
function commonContext(contexts: readonly RunContext[]): RunContext {
  const [first, ...others] = contexts
  const wanted = ({ overrides, defaults }: RunContext): string =>
    JSON.stringify([overrides.experiment ?? defaults.experiment, overrides.storage ?? defaults.storage])
  const other = others.find((context) => wanted(context) !== wanted(first!))
  if (other === undefined) return first!
  throw new EvalsError(
    'EVALS_OPTION_INVALID',
    `The projects "${first!.project}" and "${other.project}" name different experiments or storages, but one run writes to one experiment. Make them equal, or run one project at a time.`,
  )
}
