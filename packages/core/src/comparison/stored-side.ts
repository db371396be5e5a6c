import type { ExperimentDocument } from '../store/experiment-document.ts'
import type { ExperimentStore, StoreProblem } from '../store/experiment-store.ts'
import { readEvalResults, type EvalResults } from '../store/read-results.ts'
import { whatCounts } from '../store/what-counts.ts'
import type { ScorerDeclaration } from '../summary/eval-summary.ts'
import type { ComparedResult, ComparedSide } from './compared-result.ts'
import { declaredScorers, scorerFingerprints } from './declared-scorers.ts'

/** The results of an eval and variant, and what judged them. */
export interface StoredEval extends EvalResults {
  /** Scorer → fingerprint; absent where the document does not know. */
  readonly fingerprints: Readonly<Record<string, string>> | undefined
}

/** What an experiment holds for a comparison. */
export interface StoredSide {
  readonly experiment: string
  readonly evals: readonly StoredEval[]
  /** Eval → its scorers. */
  readonly scorers: Readonly<Record<string, readonly ScorerDeclaration[]>>
}

/** Reads the results of an experiment that count, without inputs and outputs. */
export async function readStoredSide(
  { store, document }: { readonly store: Pick<ExperimentStore, 'scan'>; readonly document: ExperimentDocument },
  onProblem: (problem: StoreProblem) => void,
): Promise<StoredSide> {
  const { experiment } = document
  const evals = await readEvalResults(store, experiment, { onProblem, ...whatCounts(document) })
  const fingerprints = scorerFingerprints(document)
  return {
    experiment,
    evals: [...evals].map(([key, results]) => ({ ...results, fingerprints: fingerprints[key] })),
    scorers: declaredScorers(document),
  }
}

/** A side of `compare`. */
export function toComparedSide({ evals, scorers }: Omit<StoredSide, 'experiment'>): ComparedSide {
  return { results: resultsOf(evals), scorers }
}

function* resultsOf(evals: readonly StoredEval[]): Iterable<ComparedResult> {
  for (const { eval: name, variant, results, fingerprints } of evals) {
    const facts = { eval: name, variant, ...(fingerprints && { fingerprints }) }
    for (const result of results.values()) yield { ...result, ...facts }
  }
}
