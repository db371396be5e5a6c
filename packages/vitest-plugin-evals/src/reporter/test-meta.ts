import type { TestCase, TestModule, TestSuite } from 'vitest/node'
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
  if ('baseline' in evals) board.addBaseline(meta, evals)
  if (!('outcome' in evals)) return undefined
  board.addResult(meta, evals)
  return evals
}

/** What could not even be declared: evals, and files that failed to load. */
export function findUndeclared(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) => [
    ...module.errors().map(({ message }) => `${module.relativeModuleId}: failed to load: ${message}`),
    ...[...module.children.allTests('failed')].flatMap((test) => {
      const { evals } = test.meta()
      if (evals === undefined || !('undeclared' in evals)) return []
      return [
        `${module.relativeModuleId} > ${test.parent.type === 'suite' ? test.parent.fullName : ''}: ${evals.undeclared}`,
      ]
    }),
  ])
}
