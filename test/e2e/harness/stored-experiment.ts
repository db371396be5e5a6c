import { readdir, readFile } from 'node:fs/promises'
import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ExperimentDocument, SampleRecord } from '../../../packages/core/src/index.ts'

/** An experiment as it lies on disk. */
export interface StoredExperiment {
  /** When its first run started. */
  readonly startedAt: string
  /** `experiment.json`. */
  readonly document: ExperimentDocument | undefined
  /** Every line of every record file, the files in the order of their first samples. */
  readonly records: readonly SampleRecord[]
  /** File name → bytes. */
  readonly attachments: Readonly<Record<string, Buffer>>
}

/** All experiments below an `.evals` folder, by the names of their folders. */
export async function readExperiments(folder: string): Promise<Record<string, StoredExperiment>> {
  const parent = join(folder, 'experiments')
  if (!existsSync(parent)) return {}
  const names = (await readdir(parent)).filter((name) => existsSync(join(parent, name, 'experiment.json')))
  const read = names.map(async (name) => [name, await readExperiment(join(parent, name))] as const)
  return Object.fromEntries(await Promise.all(read))
}

async function readExperiment(folder: string): Promise<StoredExperiment> {
  const document = JSON.parse(await readFile(join(folder, 'experiment.json'), 'utf8')) as ExperimentDocument
  const files = await Promise.all(globSync(join(folder, 'records/*.jsonl')).map((path) => readFile(path, 'utf8')))
  const lines = files.map((file) => file.split('\n').slice(0, -1))
  const byFile = lines.map((each) => each.map((line) => JSON.parse(line) as SampleRecord))
  const attached = globSync(join(folder, 'attachments/*')).map(async (path) => [basename(path), await readFile(path)])
  return {
    startedAt: document.createdAt,
    document,
    // Folders are listed in any order, and names of runs of one second do not tell it.
    records: byFile.toSorted(([a], [b]) => (a?.startedAt ?? '').localeCompare(b?.startedAt ?? '')).flat(),
    attachments: Object.fromEntries(await Promise.all(attached)) as Record<string, Buffer>,
  }
}
