import type { SampleRecord } from './record.ts'
import type { Attachment } from './value-storage.ts'

/** A record with the bytes it refers to. */
export interface RecordEntry {
  readonly record: SampleRecord
  readonly attachments: readonly Attachment[]
}
