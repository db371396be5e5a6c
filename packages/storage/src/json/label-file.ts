import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { experimentUnknown, type SampleLabel } from '@evals/core'
import type { LabelStore } from '../open-labels.ts'
import { isMissing, unreadable, unwritable } from '../storage-error.ts'
import { ExperimentFolders } from './experiment-folders.ts'

/** People's labels in `labels.jsonl`, beside the records of an experiment. */
export class LabelFile implements LabelStore {
  readonly #path: string
  readonly #experiment: string

  /** @param folder absolute path of the store's folder */
  constructor(folder: string, experiment: string) {
    this.#path = join(new ExperimentFolders(folder).pathOf(experiment), 'labels.jsonl')
    this.#experiment = experiment
  }

  async read(): Promise<readonly SampleLabel[]> {
    try {
      return (await readFile(this.#path, 'utf8')).split('\n').flatMap(parseLabel)
    } catch (error) {
      if (isMissing(error)) return []
      throw unreadable(this.#path, error)
    }
  }

  async append(label: SampleLabel): Promise<void> {
    try {
      // A line that a killed process tore must not take this one with it.
      await appendFile(this.#path, `\n${JSON.stringify(label)}\n`)
    } catch (error) {
      if (isMissing(error)) throw experimentUnknown(this.#experiment, [])
      throw unwritable(this.#path, error)
    }
  }
}

function parseLabel(line: string): SampleLabel[] {
  try {
    const label: unknown = JSON.parse(line)
    return typeof label === 'object' && label !== null && 'label' in label ? [label as SampleLabel] : []
  } catch {
    return []
  }
}
