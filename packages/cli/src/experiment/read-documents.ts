import type { ExperimentDocument, ExperimentStore, ScanFilter } from '@evals/core'

/** The documents of all experiments of a store, the newest first. */
export async function readDocuments(
  store: ExperimentStore,
  filter: Pick<ScanFilter, 'onProblem'> = {},
): Promise<ExperimentDocument[]> {
  const listings = await store.list(filter)
  const documents = await Promise.all(listings.map(({ experiment }) => store.readDocument(experiment)))
  // One may have been deleted meanwhile.
  return documents.filter((document) => document !== undefined)
}
