import { resolve } from 'node:path'
import type { SampleLabel } from '@evals/core'
import { readStorageUrl } from './storage-url.ts'

/** People's labels of the samples of one experiment. */
export interface LabelStore {
  /** All labels, the oldest first. */
  read(): Promise<readonly SampleLabel[]>
  append(label: SampleLabel): Promise<void>
}

type LabelStoreFactory = (location: string, root: string, experiment: string) => Promise<LabelStore | undefined>

const none: LabelStoreFactory = async () => undefined

/** Stores without a folder per experiment keep no labels. */
const schemes: Readonly<Record<string, LabelStoreFactory>> = {
  json: async (location, root, experiment) => {
    const { LabelFile } = await import('./json/label-file.ts')
    return new LabelFile(resolve(root, location || '.evals'), experiment)
  },
  sqlite: none,
  memory: none,
  module: none,
}

/**
 * Opens the labels of an experiment in the store a URL names; `undefined` where that store keeps none: only `json://`
 * does.
 * @throws EvalsError `EVALS_STORAGE_UNKNOWN`
 */
export async function openLabels(
  url: string,
  { root, experiment }: { readonly root: string; readonly experiment: string },
): Promise<LabelStore | undefined> {
  const { open, location } = readStorageUrl(url, schemes)
  return open(location, root, experiment)
}
