import type { RecordKey } from './record.ts'

/** What a person says of one answer, kept beside the records. Never changed: the newest of a sample counts. */
export interface SampleLabel extends RecordKey {
  /** Whether the answer is right; `null` takes an earlier label back. */
  readonly label: 'good' | 'bad' | null
  readonly note: string
  /** ISO time. */
  readonly at: string
}
