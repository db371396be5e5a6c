import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { EvalsError } from '@evals/core'
import { makeFolder } from '../make-folder.ts'
import { loadSqlite } from './load-sqlite.ts'

const schemaVersion = 1
/** Marks the file as ours: "eval" in ASCII. */
const applicationId = 0x6576616c
/** How long a write waits for those of other processes and threads. */
const busyTimeoutMs = 30_000

const schema = `
  CREATE TABLE experiments (experiment TEXT PRIMARY KEY, document TEXT) STRICT;
  CREATE TABLE records (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    experiment TEXT NOT NULL, run TEXT NOT NULL,
    eval TEXT NOT NULL, variant TEXT NOT NULL, id TEXT NOT NULL, epoch INTEGER NOT NULL,
    outcome TEXT NOT NULL, json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX records_by_run ON records (experiment, run, place);
  CREATE TABLE attachments (
    experiment TEXT NOT NULL, sha256 TEXT NOT NULL, mediaType TEXT NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (experiment, sha256)
  ) STRICT;
  CREATE TABLE leases (
    experiment TEXT PRIMARY KEY, token TEXT NOT NULL, holder TEXT NOT NULL, beatAtMs REAL NOT NULL
  ) STRICT;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`

/**
 * Opens the database of experiments in a file, and makes it if there is none.
 * @throws EvalsError `EVALS_STORAGE_UNREADABLE` for a database of something else, or of a newer version
 */
export function openDatabase(file: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite()
  makeFolder(dirname(file))
  const database = new DatabaseSync(file)
  try {
    // Write-ahead logging lets readers read while others write. Each commit is in the file before it returns, and on the
    // disk itself after the next checkpoint.
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA synchronous = NORMAL`)
    beginWriteAheadLog(database)
    transaction(database, () => {
      if (valueOf(database, 'user_version') === 0 && isEmpty(database)) database.exec(schema)
    })
    assertOurs(database, file)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Runs `work` in a transaction that may write from its start, so that it cannot fail half-way because others write. */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Several that open a new file at once refuse each other here without waiting. */
function beginWriteAheadLog(database: DatabaseSync): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      database.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || attempt === 500) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined
}

function assertOurs(database: DatabaseSync, file: string): void {
  const version = valueOf(database, 'user_version')
  const isOurs = valueOf(database, 'application_id') === applicationId
  if (isOurs && version === schemaVersion) return
  const message = isOurs
    ? `${file} holds experiments in version ${version}, and this version of @evals/storage knows ${schemaVersion}. Update it.`
    : `${file} is the database of something else. Name another file in the option \`storage\`.`
  throw new EvalsError('EVALS_STORAGE_UNREADABLE', message, { details: { path: file } })
}

function valueOf(database: DatabaseSync, pragma: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma])
}
