import {
  declaredScorers,
  readEvalResults,
  type EvalResults,
  type ScorerDeclaration,
  type StoreProblem,
} from '@evals/core'
import type { ComparedResult, ComparedSide } from '@evals/core/stats'
import type { FoundExperiment } from '../experiment/find-experiment.ts'

/** What an experiment holds for a comparison. */
export interface StoredSide {
  readonly experiment: string
  readonly evals: readonly EvalResults[]
  /** Eval → its scorers. */
  readonly scorers: Readonly<Record<string, readonly ScorerDeclaration[]>>
}

/** Reads the results that count, without inputs and outputs. */
export async function readStoredSide(
  { store, document }: FoundExperiment,
  onProblem: (problem: StoreProblem) => void,
): Promise<StoredSide> {
  const { experiment } = document
  const evals = await readEvalResults(store, experiment, { onProblem })
  return { experiment, evals: [...evals.values()], scorers: declaredScorers(document) }
}

/** A side of `compare`. */
export function toComparedSide({ evals, scorers }: Omit<StoredSide, 'experiment'>): ComparedSide {
  return { results: resultsOf(evals), scorers }
}

function* resultsOf(evals: readonly EvalResults[]): Iterable<ComparedResult> {
  for (const { eval: name, variant, results } of evals) {
    for (const result of results.values()) yield { ...result, eval: name, variant }
  }
}
