import { EvalsError, readSamples, type Sample, type SampleSource, type Selection } from '@evals/core'

/** Where an eval's samples come from. */
export interface EvalSource extends SampleSource<unknown> {
  readonly allowEmpty: boolean
}

/**
 * Reads the planned samples of an eval.
 * @throws EvalsError for whatever keeps the dataset from being read, and for an empty one unless `allowEmpty`
 */
export async function loadSamples({ allowEmpty, ...source }: EvalSource): Promise<Sample[]> {
  const { selection } = source
  const samples = await Array.fromAsync(readSamples(source))
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
