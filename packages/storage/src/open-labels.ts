import type { SampleLabel } from '@evals/core'
import { readStorageUrl } from './storage-url.ts'

/** What labels are opened with. */
export interface LabelOptions {
  /** Absolute path that relative paths are resolved against. */
  readonly root: string
  readonly experiment: string
}

/** People's labels of the samples of one experiment. */
export interface LabelStore {
  /** All labels, the oldest first. */
  read(): Promise<readonly SampleLabel[]>
  append(label: SampleLabel): Promise<void>
}

/**
 * Opens the labels of an experiment in the store a URL names; `undefined` where that store keeps none: only `json://`
 * does.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openLabels(url: string, options: LabelOptions): Promise<LabelStore | undefined> {
  const { backend, location } = readStorageUrl(url)
  return backend.openLabels?.(location, options)
}
