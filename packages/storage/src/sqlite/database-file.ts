import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { unreadable, unwritable } from '../storage-error.ts'
import { openDatabase, transaction } from './open-database.ts'

/** The database in a file, opened when it is first needed. */
export class DatabaseFile {
  readonly #path: string
  #database: DatabaseSync | undefined

  /** @param path absolute */
  constructor(path: string) {
    this.#path = path
  }

  /**
   * Does something in a transaction; makes the database if there is none.
   * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`
   */
  write<Result>(work: (database: DatabaseSync) => Result): Result {
    try {
      const database = (this.#database ??= openDatabase(this.#path))
      return transaction(database, () => work(database))
    } catch (error) {
      throw unwritable(this.#path, error)
    }
  }

  /**
   * `undefined` where there is no database; reading makes none.
   * @throws EvalsError `EVALS_STORAGE_UNREADABLE`
   */
  read<Result>(work: (database: DatabaseSync) => Result): Result | undefined {
    if (this.#database === undefined && !existsSync(this.#path)) return undefined
    try {
      return work((this.#database ??= openDatabase(this.#path)))
    } catch (error) {
      throw unreadable(this.#path, error)
    }
  }

  /**
   * Brings what is committed to the disk itself.
   * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`
   */
  checkpoint(): void {
    try {
      this.#database?.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch (error) {
      throw unwritable(this.#path, error)
    }
  }

  close(): void {
    this.#database?.close()
    this.#database = undefined
  }
}
