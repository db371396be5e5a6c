import { messageOf, newestFirst, type ExperimentListing, type ExperimentStore, type ScanFilter } from '@evals/core'

/** The experiments of these names, the newest first; one whose document cannot be read is told to `onProblem`. */
export async function listExperiments(
  store: Pick<ExperimentStore, 'readDocument' | 'describe'>,
  names: readonly string[],
  onProblem: ScanFilter['onProblem'],
): Promise<readonly ExperimentListing[]> {
  const documents = []
  for (const experiment of names) {
    try {
      const document = await store.readDocument(experiment)
      if (document !== undefined) documents.push(document)
    } catch (error) {
      onProblem?.({ where: store.describe(experiment), what: messageOf(error) })
    }
  }
  return newestFirst(documents)
}
