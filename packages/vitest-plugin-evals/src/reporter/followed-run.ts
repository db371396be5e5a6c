import { messageOf, systemClock } from '@evals/core'
import type { TestCase, TestModule, TestSuite, Vitest } from 'vitest/node'
import { plainly } from '../plainly.ts'
import { acceptWorkers } from '../channel/main/accept-workers.ts'
import type { ActiveRun } from '../protocol.ts'
import { EvalBoard } from './eval-board.ts'
import type { ExperimentRun } from './experiment-run.ts'
import { FailureGroups } from '../terminal/failure-groups.ts'
import { fingerprintService, type FingerprintService } from './fingerprint-service.ts'
import { Interruption } from './interruption.ts'
import type { ModelServers } from '../model-servers/model-servers.ts'
import { findMissingVerdicts } from './missing-verdicts.ts'
import { prepareOutput } from '../terminal/output.ts'
import { printReport, type ReportFacts } from '../terminal/print-report.ts'
import { Progress } from '../terminal/progress.ts'
import { reportEstimate } from '../terminal/report-estimate.ts'
import { resumeCommand } from '../terminal/resume-command.ts'
import { resumedLines } from '../terminal/resumed-lines.ts'
import { undeclaredLine } from '../terminal/undeclared-line.ts'
import { RunServices } from './run-services.ts'
import { addToBoard, findUndeclared, findUnloaded, planOf } from './test-meta.ts'
import { undeclaredRoles } from './undeclared-roles.ts'
import { watchService } from './watch-service.ts'

/** One run from its start to its end: takes in what its tests report, cancels it, and closes its experiment. */
export class FollowedRun {
  readonly #vitest: Vitest
  readonly #run: ExperimentRun
  readonly #board: EvalBoard
  readonly #progress: Progress
  readonly #fingerprints: FingerprintService
  readonly #services: RunServices
  readonly #stopAccepting: () => void
  readonly #interruption: Interruption
  readonly #failures = new FailureGroups()
  readonly #startedAt = performance.now()
  #beginning: Promise<void> | undefined
  #stopListening: (() => void) | undefined

  constructor(vitest: Vitest, { run, servers }: { run: ExperimentRun; servers: ModelServers }) {
    this.#vitest = vitest
    this.#run = run
    this.#board = new EvalBoard()
    this.#fingerprints = fingerprintService(vitest)
    this.#services = new RunServices({
      options: run.options,
      servers,
      services: [this.#fingerprints, run.service, watchService(vitest)],
    })
    this.#stopAccepting = acceptWorkers(run.active.channel, (worker, port) => this.#services.connect(worker, port))
    this.#progress = new Progress(prepareOutput(vitest), systemClock, () => this.#services.line)
    this.#interruption = new Interruption(vitest)
    run.lost?.addEventListener('abort', () => {
      vitest.logger.error(messageOf(run.lost?.reason))
      process.exitCode = 1
      void vitest.cancelCurrentRun('keyboard-input')
    })
    // In watch mode Ctrl+C ends Vitest, not a run.
    if (!vitest.config.watch) this.#interruption.install()
  }

  /** A worker is about to load an eval file. */
  moduleQueued({ project, moduleId }: TestModule): void {
    this.#fingerprints.prepare(project.name, moduleId)
    // Vitest forgets what is registered before its first module is queued.
    this.#stopListening ??= this.#vitest.onCancel((reason) => this.#services.cancel(reason))
  }

  plan(suite: TestSuite): void {
    const meta = planOf(suite)
    if (meta === undefined) return
    this.#board.plan(meta)
    this.#progress.plan(meta.planned)
  }

  /** Notes what has been planned so far, one document at a time: files are collected side by side. */
  begin(): void {
    this.#beginning ??= this.#writePlans()
      // Whatever keeps the document from being written is told at the end, when it is tried again.
      .catch(() => {})
      .finally(() => (this.#beginning = undefined))
  }

  async #writePlans(): Promise<void> {
    for (let written = 0; written < this.#board.entries.length;) {
      written = this.#board.entries.length
      await this.#run.begin(await this.#board.planned())
    }
  }

  addTest(test: TestCase): void {
    this.#failures.add(test)
    const result = addToBoard(this.#board, test)
    if (result !== undefined) this.#progress.add(result)
  }

  endSuite(suite: TestSuite): void {
    const meta = planOf(suite)
    if (meta !== undefined) this.#board.plan(meta)
  }

  /** Prints the report and closes the experiment; returns where it is, unless it was only an estimate. */
  async end(
    modules: readonly TestModule[],
    reason: 'passed' | 'failed' | 'interrupted',
  ): Promise<ActiveRun | undefined> {
    // In watch mode Ctrl+C cancels even when nothing runs.
    this.#stopListening?.()
    this.#stopAccepting()
    this.#services.close()
    this.#progress.stop()
    this.#interruption.release()
    await this.#beginning
    // Tests that were picked run, whatever is recorded.
    const resumed = this.#run.active.resume.rerun === 'none' ? resumedLines(this.#board.entries) : []
    await this.#board.addUnreported(() => this.#run.recorded())
    const summaries = await this.#board.summaries()
    const interrupted = reason === 'interrupted'
    const isEstimate = this.#run.options.estimate !== undefined
    const { shard } = this.#run.options
    const missing = interrupted || isEstimate ? [] : findMissingVerdicts(this.#board.entries, { modules, shard })
    const undeclared = findUndeclared(modules)
    const unloaded = findUnloaded(modules)
    if (missing.length > 0 || this.#services.overspent.length > 0) process.exitCode = 1
    if (this.#interruption.exitCode !== undefined) process.exitCode = this.#interruption.exitCode
    // Printed before it is written: a full disk must not cost the figures too.
    const facts: ReportFacts = {
      experiment: this.#run.active.experiment,
      location: `Records: ${this.#run.location}`,
      durationMs: performance.now() - this.#startedAt,
      entries: this.#board.entries,
      summaries,
      undeclared,
      failures: this.#failures.list,
      notes: [...resumed, ...(interrupted && !isEstimate ? [this.#resumeCommand()] : [])],
      warnings: [
        ...this.#services.problems,
        ...this.#services.overspent,
        ...undeclaredRoles(this.#run.options.models, this.#board.entries),
        ...unloaded,
        ...(isEstimate ? undeclared.map(undeclaredLine) : []),
        ...missing.map((message) => `No verdict: ${message}`),
      ],
    }
    if (!isEstimate) printReport(this.#vitest, facts)
    else if (!(await reportEstimate(this.#vitest, facts))) process.exitCode ??= 1
    const outcome = { interrupted, sharded: this.#run.fileShard, unloaded: unloaded.length > 0 }
    const { declared } = this.#board
    const limits = this.#services.history
    await plainly(() => this.#run.close({ limits, outcome, summaries, declared, undeclared }))
    return isEstimate ? undefined : this.#run.active
  }

  #resumeCommand(): string {
    const { config } = this.#vitest
    // Vitest declares them for itself only.
    const { filenamePattern } = this.#vitest as { readonly filenamePattern?: readonly string[] }
    return resumeCommand({
      project: this.#run.project,
      experiment: this.#run.active.experiment,
      overrides: this.#run.overrides,
      files: filenamePattern,
      testNamePattern: config.testNamePattern,
      shard: config.shard,
    })
  }
}
