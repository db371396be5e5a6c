import type { ExperimentDocument } from './experiment-document.ts'
import type { ExperimentListing } from './experiment-store.ts'

/** The documents of a store as its list, the newest experiment first. */
export function newestFirst(documents: readonly ExperimentDocument[]): ExperimentListing[] {
  return documents
    .map(({ experiment, status, createdAt, updatedAt, rebuilt }) => ({
      experiment,
      status,
      createdAt,
      updatedAt,
      ...(rebuilt === undefined ? {} : { rebuilt }),
    }))
    .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.experiment < b.experiment ? 1 : -1))
}
