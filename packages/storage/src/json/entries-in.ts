import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { isMissing, unreadable } from '../storage-error.ts'

/**
 * What a folder holds; nothing if it does not exist.
 * @throws EvalsError `EVALS_STORAGE_UNREADABLE`
 */
export async function entriesIn(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw unreadable(folder, error)
  }
}
