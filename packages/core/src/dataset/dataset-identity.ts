import { createHash } from 'node:crypto'
import { withoutUndefined } from '../without-undefined.ts'
import type { Dataset } from './dataset.ts'
import type { DatasetInfo, DefinedDataset } from './define-dataset.ts'
import type { Sample } from './sample.ts'

/** Which rows an eval ran on, as `experiment.json` keeps it. */
export interface DatasetIdentity {
  /** Of a defined dataset. */
  readonly name?: string
  readonly split?: string
  /** As the dataset's definition gives it, else 16 hex digits of a hash over the planned samples, whatever their order. */
  readonly revision: string
  /** Planned samples. */
  readonly samples: number
}

/** Identifies the planned samples of a dataset. */
export function datasetIdentity(
  dataset: Dataset<unknown>,
  samples: readonly Pick<Sample, 'id' | 'rowHash'>[],
): DatasetIdentity {
  const { name, split, revision }: Partial<DatasetInfo> = isDefined(dataset) ? dataset.info : {}
  return withoutUndefined({ name, split, revision: revision ?? hashOf(samples), samples: samples.length })
}

function isDefined(dataset: Dataset<unknown>): dataset is DefinedDataset<unknown> {
  return typeof dataset === 'function' && 'info' in dataset && 'split' in dataset
}

function hashOf(samples: readonly Pick<Sample, 'id' | 'rowHash'>[]): string {
  const hash = createHash('sha256')
  for (const line of samples.map(({ id, rowHash }) => `${id} ${rowHash}\n`).toSorted()) hash.update(line)
  return hash.digest('hex').slice(0, 16)
}
