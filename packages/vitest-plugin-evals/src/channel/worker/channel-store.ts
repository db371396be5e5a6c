import type {
  ExperimentDocument,
  ExperimentListing,
  ExperimentStore,
  RecordEntry,
  SampleRecord,
  ScanFilter,
} from '@evals/core'
import type { AppendMessage, AttachmentMessage, ScanMessage, StoreMessage } from '../store-messages.ts'
import type { ChannelClient } from './channel-client.ts'

/** What workers do with a store. */
export type WorkerStore = Pick<ExperimentStore, 'append' | 'scan' | 'readAttachment' | 'readDocument' | 'list'>

/** The store of Vitest's main process, as a worker uses it: for `memory://`, which every thread would have its own of. */
export class ChannelStore implements WorkerStore {
  readonly #main: ChannelClient

  constructor(main: ChannelClient) {
    this.#main = main
  }

  async append(experiment: string, entry: RecordEntry): Promise<void> {
    await this.#main.ask('append', { experiment, entry } satisfies AppendMessage)
  }

  async *scan(experiment: string, filter: ScanFilter = {}): AsyncIterable<SampleRecord> {
    const wanted: ScanMessage = { experiment, ...(filter.eval === undefined ? {} : { eval: filter.eval }) }
    yield* await this.#main.ask<SampleRecord[]>('scan', wanted)
  }

  readAttachment(experiment: string, sha256: string): Promise<Uint8Array> {
    return this.#main.ask('attachment', { experiment, sha256 } satisfies AttachmentMessage)
  }

  readDocument(experiment: string): Promise<ExperimentDocument | undefined> {
    return this.#main.ask('document', { experiment } satisfies StoreMessage)
  }

  list(): Promise<readonly ExperimentListing[]> {
    return this.#main.ask('experiments', {})
  }
}
