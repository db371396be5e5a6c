import { experimentUnknown, type EvalsError, type ExperimentStore } from '@evals/core'

/** An `EVALS_EXPERIMENT_UNKNOWN` with the names that there are. */
export async function notInStore(store: Pick<ExperimentStore, 'list'>, experiment: string): Promise<EvalsError> {
  const listings = await store.list()
  return experimentUnknown(
    experiment,
    listings.map((listing) => listing.experiment),
  )
}
