import { EvalsError } from '@evals/core'

/**
 * Refuses what is no name of an experiment, for all stores alike.
 * @throws EvalsError `EVALS_EXPERIMENT_NAME_INVALID` for an empty name or half of a surrogate pair
 */
export function assertExperimentName(experiment: string): void {
  if (experiment.trim() === '') {
    throw new EvalsError(
      'EVALS_EXPERIMENT_NAME_INVALID',
      'The name of an experiment is empty. Give it at least one letter.',
    )
  }
  if (!experiment.isWellFormed()) {
    throw new EvalsError(
      'EVALS_EXPERIMENT_NAME_INVALID',
      'The name of an experiment holds half of a surrogate pair, which no store can keep. Write it in whole characters.',
    )
  }
}
