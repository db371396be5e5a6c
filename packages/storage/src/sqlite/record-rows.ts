import type { DatabaseSync } from 'node:sqlite'
import type { Attachment, SampleRecord } from '@evals/core'
import { documentOf } from './experiment-rows.ts'

/** A record with what belongs to it, as it was when it was appended. */
export interface RecordToInsert {
  readonly experiment: string
  readonly record: SampleRecord
  readonly json: string
  readonly attachments: readonly Attachment[]
}

/** A stored record; `place` grows with each one that is written. */
export interface RecordRow {
  readonly place: number
  readonly json: string
}

/** Few enough that large records do not fill the memory. */
export const recordsPerPage = 100

export function insertRecords(database: DatabaseSync, records: readonly RecordToInsert[]): void {
  const addExperiment = database.prepare('INSERT OR IGNORE INTO experiments (experiment) VALUES (?)')
  for (const experiment of new Set(records.map((one) => one.experiment))) addExperiment.run(experiment)
  const addRecord = database.prepare(
    'INSERT INTO records (experiment, run, eval, variant, id, epoch, outcome, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { experiment, record, json, attachments } of records) {
    const { run, eval: evalName, variant, id, epoch, outcome } = record
    addRecord.run(experiment, run, evalName, JSON.stringify(variant), id, epoch, outcome, json)
    for (const { sha256, mediaType, bytes } of attachments) {
      database
        .prepare('INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?)')
        .run(experiment, sha256, mediaType, bytes)
    }
  }
}

/** The runs of an experiment's records: those of its document first, in its order, then others as they began. */
export function runsOf(database: DatabaseSync, experiment: string): string[] {
  const document = documentOf(database, experiment)
  const listed = typeof document === 'string' ? [] : document.runs.map(({ id }) => id)
  const stored = database
    .prepare('SELECT run FROM records WHERE experiment = ? GROUP BY run ORDER BY min(place)')
    .all(experiment)
    .map(({ run }) => String(run))
  const known = new Set(listed)
  return [...listed, ...stored.filter((run) => !known.has(run))]
}

/** The next records behind a place, at most `recordsPerPage`: of one run, or of all. */
export function recordsAfter(
  database: DatabaseSync,
  { experiment, run, after }: { readonly experiment: string; readonly run?: string; readonly after: number },
): RecordRow[] {
  const where = `experiment = ? ${run === undefined ? '' : 'AND run = ?'} AND place > ?`
  return database
    .prepare(`SELECT place, json FROM records WHERE ${where} ORDER BY place LIMIT ?`)
    .all(experiment, ...(run === undefined ? [] : [run]), after, recordsPerPage) as unknown as RecordRow[]
}

/** The record of an experiment at a place. */
export function recordAt(
  database: DatabaseSync,
  { experiment, place }: { readonly experiment: string; readonly place: number },
): string | undefined {
  const row = database.prepare('SELECT json FROM records WHERE experiment = ? AND place = ?').get(experiment, place)
  return row === undefined ? undefined : String(row['json'])
}
