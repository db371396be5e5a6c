import { EvalsError, newestExperiment, type ExperimentDocument, type ExperimentStore } from '@evals/core'
import { maskStorageUrl } from '@evals/storage'
import { notInStore } from './not-in-store.ts'
import { withStore, type StorageFlags } from './storage.ts'

/** An experiment of an open store. */
export interface FoundExperiment {
  readonly store: ExperimentStore
  readonly document: ExperimentDocument
}

/**
 * Opens the store, finds an experiment in it, does something with both and closes the store.
 * @param name `last` is the newest
 * @param work is told the URL of the store, too
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, `EVALS_STORAGE_UNKNOWN`, and what `work` throws
 */
export async function withExperiment<Result>(
  flags: StorageFlags,
  name: string,
  work: (found: FoundExperiment, url: string) => Promise<Result>,
): Promise<Result> {
  return withStore(flags, async (store, url) => work({ store, document: await findExperiment(store, url, name) }, url))
}

/**
 * Finds an experiment in an open store.
 * @param url of the store, to name it
 * @param name `last` is the newest
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`
 */
export async function findExperiment(store: ExperimentStore, url: string, name: string): Promise<ExperimentDocument> {
  const wanted = name === 'last' ? await newestExperiment(store, { undeclared: true }) : name
  if (wanted === undefined) {
    throw new EvalsError(
      'EVALS_EXPERIMENT_UNKNOWN',
      `There is no experiment in ${maskStorageUrl(url)} yet that \`last\` could name.\n\`evals run\` makes one; --storage names another place.`,
    )
  }
  const document = await store.readDocument(wanted)
  if (document !== undefined) return document
  throw await notInStore(store, wanted)
}
