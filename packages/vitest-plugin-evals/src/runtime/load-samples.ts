import {
  EvalsError,
  messageOf,
  selectSamples,
  type Dataset,
  type RowPicks,
  type Sample,
  type Selection,
} from '@evals/core'

/** Where an eval's samples come from. */
export interface SampleSource {
  readonly dataset: Dataset<unknown>
  readonly picks: RowPicks<unknown>
  readonly selection: Selection
  readonly root: string
  readonly allowEmpty: boolean
}

/**
 * Reads the planned samples of an eval.
 * @throws EvalsError for whatever keeps the dataset from being read, and for an empty one unless `allowEmpty`
 */
export async function loadSamples({ dataset, picks, selection, root, allowEmpty }: SampleSource): Promise<Sample[]> {
  const samples = await read({ dataset, picks, selection, root })
  if (samples.length > 0 || allowEmpty) return samples
  const filters = Object.entries(selection).map(([name, value]) => `${name} ${String(value)}`)
  const because = filters.length > 0 ? ` with ${filters.join(', ')}` : ''
  throw new EvalsError(
    'EVALS_DATASET_EMPTY',
    `0 samples: the dataset has no rows${because}. Check the dataset and the filters, or set \`allowEmpty: true\`.`,
  )
}

async function read({ dataset, picks, selection, root }: Omit<SampleSource, 'allowEmpty'>): Promise<Sample[]> {
  try {
    const rows = typeof dataset === 'function' ? await dataset({ root }) : dataset
    return await selectSamples(rows, picks, selection)
  } catch (error) {
    if (EvalsError.isInstance(error)) throw error
    throw new EvalsError('EVALS_DATASET_UNREADABLE', `The dataset failed to load: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}
