import type { SampleRecord } from './record.ts'

/** What tells which of two records of a sample counts. */
export interface CountingFacts {
  readonly outcome: SampleRecord['outcome']
  /** Absent: not known. */
  readonly rowHash?: string
}

/**
 * Whether a newer record of a sample counts in place of an older one: always, unless only the older one is scored. Once the
 * row has changed that is no reason, since the older score is of another row.
 */
export function countsInstead(newer: CountingFacts, older: CountingFacts | undefined): boolean {
  return newer.outcome === 'scored' || older?.outcome !== 'scored' || newer.rowHash !== older.rowHash
}
