import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What the `query` for a number `n` finds in a SQLite file; 0 if there is no such file or table. */
export function rowsIn(folder: string, file: string, query: string): number {
  const path = join(folder, file)
  if (!existsSync(path)) return 0
  // Not read-only: what a killed process left has to be recovered first.
  const database = new DatabaseSync(path)
  try {
    return Number(database.prepare(query).get()?.['n'])
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no such table')) return 0
    throw error
  } finally {
    database.close()
  }
}
