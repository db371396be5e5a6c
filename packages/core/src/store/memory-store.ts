import type { SampleRecord } from '../record/record.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import type { ExperimentDocument } from './experiment-document.ts'
import type { ExperimentListing, ExperimentStore, ScanFilter } from './experiment-store.ts'

interface StoredExperiment {
  readonly records: { readonly run: string; readonly eval: string; readonly json: string }[]
  readonly attachments: Map<string, Uint8Array>
  document?: string
}

/**
 * Keeps experiments in memory, for scripts and tests: they live as long as the object, also after `close`. What it
 * returns is a copy, as from a disk.
 */
export class MemoryStore implements ExperimentStore {
  readonly #experiments = new Map<string, StoredExperiment>()

  describe(experiment: string): string {
    return `"${experiment}" in memory`
  }

  append(experiment: string, { record, attachments }: RecordEntry): void {
    const stored = this.#create(experiment)
    for (const { sha256, bytes } of attachments) stored.attachments.set(sha256, bytes.slice())
    stored.records.push({ run: record.run, eval: record.eval, json: JSON.stringify(record) })
  }

  async *scan(experiment: string, filter: ScanFilter = {}): AsyncIterable<SampleRecord> {
    const runs = (await this.readDocument(experiment))?.runs.map(({ id }) => id) ?? []
    const place = (run: string): number => (runs.includes(run) ? runs.indexOf(run) : runs.length)
    const records = this.#experiments.get(experiment)?.records ?? []
    for (const record of records.toSorted((a, b) => place(a.run) - place(b.run))) {
      if (filter.eval === undefined || record.eval === filter.eval) yield JSON.parse(record.json) as SampleRecord
    }
  }

  async readAttachment(experiment: string, sha256: string): Promise<Uint8Array | undefined> {
    return this.#experiments.get(experiment)?.attachments.get(sha256)?.slice()
  }

  async readDocument(experiment: string): Promise<ExperimentDocument | undefined> {
    const json = this.#experiments.get(experiment)?.document
    return json === undefined ? undefined : (JSON.parse(json) as ExperimentDocument)
  }

  async writeDocument(document: ExperimentDocument): Promise<void> {
    this.#create(document.experiment).document = JSON.stringify(document)
  }

  async list(): Promise<readonly ExperimentListing[]> {
    const documents = await Promise.all([...this.#experiments.keys()].map((name) => this.readDocument(name)))
    return documents
      .filter((document) => document !== undefined)
      .map(({ experiment, status, createdAt, updatedAt }) => ({ experiment, status, createdAt, updatedAt }))
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt, 'en'))
  }

  async delete(experiment: string): Promise<void> {
    this.#experiments.delete(experiment)
  }

  close(): void {}

  #create(experiment: string): StoredExperiment {
    let stored = this.#experiments.get(experiment)
    if (stored === undefined) this.#experiments.set(experiment, (stored = { records: [], attachments: new Map() }))
    return stored
  }
}
