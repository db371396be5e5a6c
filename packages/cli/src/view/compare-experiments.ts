import { experimentUnknown, type ExperimentStore } from '@evals/core'
import { compare, describeVerdict, type ComparedSide } from '@evals/core/stats'
import type { ComparisonView } from '@evals/dashboard'
import { readStoredSide, toComparedSide } from '../compare/stored-side.ts'

/**
 * Compares two experiments of a store as `evals compare` does without options, with a sentence for each score.
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, and what `compare` throws
 */
export async function compareExperiments(store: ExperimentStore, base: string, other: string): Promise<ComparisonView> {
  const comparison = await compare(await sideOf(store, base), await sideOf(store, other))
  return { ...comparison, base, other, sentences: comparison.scores.map((score) => describeVerdict(score)) }
}

async function sideOf(store: ExperimentStore, experiment: string): Promise<ComparedSide> {
  const document = await store.readDocument(experiment)
  if (document === undefined) throw experimentUnknown(experiment, [])
  // What cannot be read is told on the experiment's own page.
  return toComparedSide(await readStoredSide({ store, document }, () => {}))
}
