import type { UndeclaredEval } from '@evals/core'
import type { TestCase, TestModule, TestSuite } from 'vitest/node'
import { leftToMerge } from '../left-to-merge.ts'
import type { EvalMeta, SampleMeta } from '../protocol.ts'
import type { EvalBoard } from './eval-board.ts'

/** The plan of the eval that a suite stands for, if it stands for one. */
export function planOf(parent: TestSuite | TestModule): EvalMeta | undefined {
  const { evals } = parent.meta()
  return evals !== undefined && 'planned' in evals ? evals : undefined
}

/** Enters a test's sample, threshold or comparison on the board; returns the sample's result. */
export function addToBoard(board: EvalBoard, test: TestCase): SampleMeta | undefined {
  const { evals } = test.meta()
  const meta = planOf(test.parent)
  if (evals === undefined || meta === undefined) return undefined
  if ('threshold' in evals) board.addVerdict(meta, evals)
  if ('gate' in evals) board.addBaseline(meta, evals)
  if (!('outcome' in evals)) return undefined
  board.addResult(meta, evals)
  return evals
}

/** True of the test of a threshold that was selected, and that its shard left to be judged at the merge. */
export function isLeftToMerge(test: TestCase, title: string): boolean {
  const result = test.result()
  return result.state === 'skipped' && result.note?.startsWith(leftToMerge(title)) === true
}

/** Evals that could not be declared, as the tests that stand for them say. */
export function findUndeclared(modules: readonly TestModule[]): UndeclaredEval[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('failed')].flatMap((test) => {
      const { evals } = test.meta()
      return evals !== undefined && 'undeclared' in evals ? [evals.undeclared] : []
    }),
  )
}

/** Files that failed to load, with the reason: nobody knows the evals in them. */
export function findUnloaded(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    module.errors().map(({ message }) => `${module.relativeModuleId}: failed to load: ${message}`),
  )
}
