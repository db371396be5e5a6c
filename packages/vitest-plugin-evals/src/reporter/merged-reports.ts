import { evalKey, tooManyErrors, type EvalSummary } from '@evals/core'
import type { TestCase, TestModule, Vitest } from 'vitest/node'
import type { EvalMeta, RunContext } from '../protocol.ts'
import { EvalBoard } from './eval-board.ts'
import { openEnded, type EndedExperiment } from './ended-experiment.ts'
import { FailureGroups } from '../terminal/failure-groups.ts'
import { printReport } from '../terminal/print-report.ts'
import { judgeMerged } from './judge-merged.ts'
import { findUnjudged } from './missing-verdicts.ts'
import { addToBoard, findUndeclared, findUnloaded, isLeftToMerge, planOf } from './test-meta.ts'

/**
 * Merged blobs (`--merge-reports`): nothing runs here. Tests are taken in as they are reported and told apart by our own
 * ids, since shards of one file overwrite each other in Vitest's tree. If the runs wrote to one experiment and it is here,
 * its document gets the figures of all of them.
 */
export class MergedReports {
  readonly #board = new EvalBoard()
  readonly #failures = new FailureGroups()
  /** Thresholds that shards were asked for and left to the merge, by eval and variant. */
  readonly #asked = new Map<string, Set<string>>()

  add(test: TestCase): void {
    const meta = planOf(test.parent)
    if (meta !== undefined) {
      this.#board.plan(meta)
      this.#noteAsked(meta, test)
    }
    this.#failures.add(test)
    addToBoard(this.#board, test)
  }

  /** Prints the report; returns the experiment of the runs, if it was one. */
  async end(vitest: Vitest, modules: readonly TestModule[], context: RunContext): Promise<EndedExperiment | undefined> {
    const board = this.#board
    const [experiment, ...others] = new Set(board.entries.map(({ meta }) => meta.experiment))
    const ended = experiment === undefined || others.length > 0 ? undefined : await openEnded(context, experiment)
    if (ended !== undefined) await board.addUnreported(() => ended.recorded())
    const isMissed = this.#judge(await board.summaries())
    const summaries = await board.summaries()
    const unjudged = findUnjudged(board.entries)
    const hasTooManyErrors = summaries.some((summary) => tooManyErrors(summary) !== undefined)
    if (isMissed || unjudged.length > 0 || hasTooManyErrors) process.exitCode = 1
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
      warnings: [...unloaded, ...unjudged.map((message) => `No verdict: ${message}`)],
    })
    const outcome = { interrupted: false, sharded: false, unloaded: unloaded.length > 0 }
    await ended?.close({ outcome, summaries, declared: board.declared, undeclared })
    return ended
  }

  #noteAsked(meta: EvalMeta, test: TestCase): void {
    const left = (meta.thresholds ?? []).filter(({ title }) => isLeftToMerge(test, title))
    const key = evalKey(meta.eval, meta.variant)
    const asked = this.#asked.get(key) ?? new Set()
    if (left.length > 0) this.#asked.set(key, asked)
    for (const { title } of left) asked.add(title)
  }

  /** Judges thresholds that no shard could; true if one is missed. */
  #judge(summaries: readonly EvalSummary[]): boolean {
    let missed = false
    for (const { meta, verdicts } of this.#board.entries) {
      const key = evalKey(meta.eval, meta.variant)
      const summary = summaries.find((each) => evalKey(each.eval, each.variant) === key)
      // That is allowed, or the shards have failed.
      if (summary?.samples.total === 0) continue
      for (const threshold of meta.thresholds ?? []) {
        const { title } = threshold
        if (verdicts.has(title)) continue
        const verdict = judgeMerged(threshold, summary)
        if (verdict.passed === null && this.#asked.get(key)?.has(title) !== true) continue
        this.#board.addVerdict(meta, verdict)
        if (verdict.passed === false) missed = true
      }
    }
    return missed
  }
}
