import type { RecordEntry } from '@evals/core'

/** What a worker asks of a store that lives in the main process. */
export interface StoreMessage {
  readonly experiment: string
}

export interface AppendMessage extends StoreMessage {
  readonly entry: RecordEntry
}

export interface ScanMessage extends StoreMessage {
  readonly eval?: string
}

export interface AttachmentMessage extends StoreMessage {
  readonly sha256: string
}
