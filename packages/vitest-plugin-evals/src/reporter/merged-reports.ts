import type { TestModule, Vitest } from 'vitest/node'
import type { RunContext } from '../protocol.ts'
import { EvalBoard } from './eval-board.ts'
import { openEnded } from './experiment-run.ts'
import { FailureGroups } from './failure-groups.ts'
import { printReport } from './print-report.ts'
import { addToBoard, findUndeclared, planOf } from './test-meta.ts'

/**
 * The report on merged blobs (`--merge-reports`): nothing ran here. If the runs wrote to one experiment and it is here,
 * its document gets the figures of all of them.
 */
export async function reportMerged(vitest: Vitest, modules: readonly TestModule[], context: RunContext): Promise<void> {
  const board = new EvalBoard()
  const failures = new FailureGroups()
  for (const module of modules) {
    for (const suite of module.children.allSuites()) {
      const meta = planOf(suite)
      if (meta !== undefined) board.plan(meta)
    }
    for (const test of module.children.allTests()) {
      failures.add(test)
      addToBoard(board, test)
    }
  }
  const [experiment, ...others] = new Set(board.entries.map(({ meta }) => meta.experiment))
  const ended = experiment === undefined || others.length > 0 ? undefined : await openEnded(context, experiment)
  if (ended !== undefined) await board.addUnreported(() => ended.results())
  const summaries = await board.summaries()
  const undeclared = findUndeclared(modules)
  printReport(vitest, {
    experiment: 'merged reports',
    location: 'The records stay where the runs wrote them.',
    durationMs: 0,
    entries: board.entries,
    summaries,
    failures: failures.list,
    warnings: undeclared,
  })
  await ended?.close({ outcome: { interrupted: false, sharded: false, undeclared: undeclared.length > 0 }, summaries })
}
