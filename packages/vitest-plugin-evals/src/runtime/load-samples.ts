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
  if (samples.length > 0 || allowEmpty || isFiltered(selection)) return samples
  const filters = Object.entries(selection).map(([name, value]) => `${name} ${String(value)}`)
  const because = filters.length > 0 ? ` with ${filters.join(', ')}` : ''
  throw new EvalsError(
    'EVALS_DATASET_EMPTY',
    `0 samples: the dataset has no rows${because}. Check the dataset and the filters, or set \`allowEmpty: true\`.`,
  )
}

/** Filters by id or tag go for all evals of a run; that one of them has no such sample is no fault of its dataset. */
export function isFiltered({ ids, tags }: Selection): boolean {
  return ids !== undefined || tags !== undefined
}

async function read({ dataset, picks, selection, root }: Omit<SampleSource, 'allowEmpty'>): Promise<Sample[]> {
  try {
    const rows = typeof dataset === 'function' ? await dataset({ root }) : dataset
    if (!isRows(rows)) throw noDataset(rows)
    return await selectSamples(rows, picks, selection)
  } catch (error) {
    if (EvalsError.isInstance(error)) throw error
    throw new EvalsError('EVALS_DATASET_UNREADABLE', `The dataset failed to load: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}

/** A text can be iterated too, but its letters are no rows. */
function isRows(rows: unknown): boolean {
  return typeof rows === 'object' && rows !== null && (Symbol.iterator in rows || Symbol.asyncIterator in rows)
}

function noDataset(rows: unknown): EvalsError {
  return new EvalsError(
    'EVALS_EVAL_INVALID',
    `The dataset is ${rows === null ? 'null' : `of type ${typeof rows}`}; it must be an array, an iterable or async iterable of rows, or a function that returns one.`,
  )
}
