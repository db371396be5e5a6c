import { judgeThreshold, type EvalSummary } from '@evals/core'
import type { TestCase, TestModule, Vitest } from 'vitest/node'
import type { RunContext } from '../protocol.ts'
import { EvalBoard } from './eval-board.ts'
import { openEnded, type EndedExperiment } from './ended-experiment.ts'
import { FailureGroups } from '../terminal/failure-groups.ts'
import { printReport } from '../terminal/print-report.ts'
import { addToBoard, findUndeclared, findUnloaded, planOf } from './test-meta.ts'

/**
 * Merged blobs (`--merge-reports`): nothing runs here. Tests are taken in as they are reported and told apart by our own
 * ids, since shards of one file overwrite each other in Vitest's tree. If the runs wrote to one experiment and it is here,
 * its document gets the figures of all of them.
 */
export class MergedReports {
  readonly #board = new EvalBoard()
  readonly #failures = new FailureGroups()

  add(test: TestCase): void {
    const meta = planOf(test.parent)
    if (meta !== undefined) this.#board.plan(meta)
    this.#failures.add(test)
    addToBoard(this.#board, test)
  }

  /** Prints the report; returns the experiment of the runs, if it was one. */
  async end(vitest: Vitest, modules: readonly TestModule[], context: RunContext): Promise<EndedExperiment | undefined> {
    const board = this.#board
    const [experiment, ...others] = new Set(board.entries.map(({ meta }) => meta.experiment))
    const ended = experiment === undefined || others.length > 0 ? undefined : await openEnded(context, experiment)
    if (ended !== undefined) await board.addUnreported(() => ended.recorded())
    if (this.#judge(await board.summaries())) process.exitCode = 1
    const summaries = await board.summaries()
    const undeclared = findUndeclared(modules)
    const unloaded = findUnloaded(modules)
    printReport(vitest, {
      experiment: 'merged reports',
      location: 'The records stay where the runs wrote them.',
      durationMs: 0,
      entries: board.entries,
      summaries,
      undeclared,
      failures: this.#failures.list,
      warnings: unloaded,
    })
    const outcome = { interrupted: false, sharded: false, unloaded: unloaded.length > 0 }
    await ended?.close({ outcome, summaries, declared: board.declared, undeclared })
    return ended
  }

  /** Judges thresholds that no shard could; true if one is missed. */
  #judge(summaries: readonly EvalSummary[]): boolean {
    let missed = false
    for (const { meta, verdicts } of this.#board.entries) {
      const summary = summaries.find((each) => each.eval === meta.eval && each.variant === meta.variant)
      if (summary === undefined || summary.samples.missing > 0) continue
      for (const threshold of meta.thresholds ?? []) {
        if (verdicts.has(threshold.title)) continue
        const verdict = judgeThreshold(threshold, summary)
        this.#board.addVerdict(meta, verdict)
        if (verdict.passed !== true) missed = true
      }
    }
    return missed
  }
}
