import type { ExperimentStore, StoreProblem } from '@evals/core'
import { note } from '../terminal/output.ts'

const shown = 5

/** Stored lines that cannot be read, as they are found. */
export class Problems {
  readonly found: StoreProblem[] = []
  readonly add = (problem: StoreProblem): void => void this.found.push(problem)

  /** Tells of them on standard error. */
  report(): void {
    for (const { where, what } of this.found.slice(0, shown)) note(`! ${where}: ${what}`)
    if (this.found.length > shown) note(`! … and ${this.found.length - shown} more lines that cannot be read`)
  }
}

/** Those of a whole experiment. */
export async function readProblems(store: Pick<ExperimentStore, 'scan'>, experiment: string): Promise<Problems> {
  const problems = new Problems()
  const records = store.scan(experiment, { onProblem: problems.add })[Symbol.asyncIterator]()
  // Only what cannot be read is looked at.
  while ((await records.next()).done !== true);
  return problems
}
