import { EvalsError, messageOf } from '../errors.ts'
import type { Dataset, DatasetContext, Rows } from './dataset.ts'
import type { RowPicks, Sample } from './sample.ts'
import { streamSamples, type Selection } from './select-samples.ts'

/** Where samples come from. */
export interface SampleSource<Row> extends DatasetContext {
  readonly dataset: Dataset<Row>
  readonly picks: RowPicks<Row>
  readonly selection: Selection
}

/**
 * Reads the planned samples of a dataset, one by one.
 * @throws EvalsError for whatever keeps it from being read: `EVALS_DATASET_UNREADABLE`, `EVALS_EVAL_INVALID`, and those
 * of `streamSamples`
 */
export async function* readSamples<Row>({
  dataset,
  picks,
  selection,
  ...context
}: SampleSource<Row>): AsyncGenerator<Sample<Row>> {
  try {
    const rows: unknown = typeof dataset === 'function' ? await dataset(context) : dataset
    if (!isRows<Row>(rows)) throw noDataset(rows)
    yield* streamSamples(rows, picks, selection)
  } catch (error) {
    if (EvalsError.isInstance(error)) throw error
    throw new EvalsError('EVALS_DATASET_UNREADABLE', `The dataset failed to load: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}

/** A text can be iterated too, but its letters are no rows. */
function isRows<Row>(rows: unknown): rows is Rows<Row> {
  return typeof rows === 'object' && rows !== null && (Symbol.iterator in rows || Symbol.asyncIterator in rows)
}

function noDataset(rows: unknown): EvalsError {
  return new EvalsError(
    'EVALS_EVAL_INVALID',
    `The dataset is ${rows === null ? 'null' : `of type ${typeof rows}`}; it must be an array, an iterable or async iterable of rows, or a function that returns one.`,
  )
}
