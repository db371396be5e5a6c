import { EvalsError } from '../errors.ts'
import { didYouMean } from '../near-names.ts'
import { sharedValue } from '../shared-value.ts'
import type { DefinedDataset } from './define-dataset.ts'

const registered = sharedValue('datasets', () => new Map<string, DefinedDataset<unknown>>())

/** Enters a dataset under its name. */
export function registerDataset(dataset: DefinedDataset<unknown>): void {
  registered.set(dataset.info.name, dataset)
}

/** The datasets that modules of this thread have defined, by name in alphabetical order; none is loaded. */
export function datasets(): readonly DefinedDataset<unknown>[] {
  return [...registered.values()].toSorted((a, b) => (a.info.name < b.info.name ? -1 : 1))
}

/**
 * The dataset of this name.
 * @throws EvalsError `EVALS_DATASET_UNKNOWN` with the names that may have been meant
 */
export function findDataset(name: string): DefinedDataset<unknown> {
  const found = registered.get(name)
  if (found !== undefined) return found
  const known = datasets().map(({ info }) => info.name)
  const defined =
    known.length === 0 ? 'None is defined: import the module that defines it.' : `Defined are ${known.join(', ')}.`
  throw new EvalsError('EVALS_DATASET_UNKNOWN', `There is no dataset "${name}". ${defined}${didYouMean(name, known)}`, {
    details: { dataset: name },
  })
}
