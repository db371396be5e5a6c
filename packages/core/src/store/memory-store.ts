import type { SampleRecord } from '../record/record.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import type { ExperimentDocument } from './experiment-document.ts'
import { attachmentUnreadable, experimentExists, experimentInUse, experimentUnknown } from './experiment-errors.ts'
import type { ExperimentLease, ExperimentListing, ExperimentStore, ScanFilter } from './experiment-store.ts'
import { isStale, thisProcess, type LeaseHolder } from './lease-holder.ts'
import { rebuildDocument } from './rebuild-document.ts'
import { newestFirst } from './newest-first.ts'

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
  readonly #holders = new Map<string, LeaseHolder>()

  describe(experiment: string): string {
    return `"${experiment}" in memory`
  }

  async lease(experiment: string, holder: LeaseHolder = thisProcess()): Promise<ExperimentLease> {
    this.#assertFree(experiment)
    const held = { ...holder }
    this.#holders.set(experiment, held)
    const release = async (): Promise<void> => {
      if (this.#holders.get(experiment) === held) this.#holders.delete(experiment)
    }
    // Only the process that has the object can hold its leases, so that none is lost while it is wanted.
    return { lost: new AbortController().signal, release }
  }

  append(experiment: string, { record, attachments }: RecordEntry): void {
    const stored = this.#create(experiment)
    for (const { sha256, bytes } of attachments) stored.attachments.set(sha256, bytes.slice())
    stored.records.push({ run: record.run, eval: record.eval, json: JSON.stringify(record) })
  }

  async *scan(experiment: string, filter: ScanFilter = {}): AsyncIterable<SampleRecord> {
    const runs = this.#document(experiment)?.runs.map(({ id }) => id) ?? []
    const place = (run: string): number => (runs.includes(run) ? runs.indexOf(run) : runs.length)
    const records = this.#experiments.get(experiment)?.records ?? []
    for (const record of records.toSorted((a, b) => place(a.run) - place(b.run))) {
      if (filter.eval === undefined || record.eval === filter.eval) yield JSON.parse(record.json) as SampleRecord
    }
  }

  async readAttachment(experiment: string, sha256: string): Promise<Uint8Array> {
    const bytes = this.#experiments.get(experiment)?.attachments.get(sha256)
    if (bytes === undefined) throw attachmentUnreadable(`${sha256} of ${this.describe(experiment)}`, 'missing')
    return bytes.slice()
  }

  async readDocument(experiment: string): Promise<ExperimentDocument | undefined> {
    return this.#document(experiment) ?? rebuildDocument(this, experiment, { reason: 'there is none' })
  }

  async writeDocument(document: ExperimentDocument): Promise<void> {
    this.#create(document.experiment).document = JSON.stringify(document)
  }

  async list(): Promise<readonly ExperimentListing[]> {
    const documents = await Promise.all([...this.#experiments.keys()].map((name) => this.readDocument(name)))
    return newestFirst(documents.filter((document) => document !== undefined))
  }

  async rename(from: string, to: string): Promise<void> {
    const stored = this.#experiments.get(from)
    if (stored === undefined) throw experimentUnknown(from, [...this.#experiments.keys()])
    this.#assertFree(from)
    if (this.#experiments.has(to)) throw experimentExists(to)
    this.#assertFree(to)
    const document = this.#document(from)
    if (document !== undefined) stored.document = JSON.stringify({ ...document, experiment: to })
    this.#experiments.set(to, stored)
    this.#experiments.delete(from)
  }

  async delete(experiment: string): Promise<void> {
    this.#assertFree(experiment)
    this.#experiments.delete(experiment)
  }

  close(): void {}

  #assertFree(experiment: string): void {
    const holder = this.#holders.get(experiment)
    if (holder !== undefined && !isStale(holder, 0)) throw experimentInUse(experiment, holder)
  }

  #document(experiment: string): ExperimentDocument | undefined {
    const json = this.#experiments.get(experiment)?.document
    return json === undefined ? undefined : (JSON.parse(json) as ExperimentDocument)
  }

  #create(experiment: string): StoredExperiment {
    let stored = this.#experiments.get(experiment)
    if (stored === undefined) this.#experiments.set(experiment, (stored = { records: [], attachments: new Map() }))
    return stored
  }
}
