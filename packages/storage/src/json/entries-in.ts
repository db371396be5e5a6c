import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { unreadable } from '../storage-error.ts'

/**
 * What a folder holds; nothing if it does not exist.
 * @throws EvalsError `EVALS_STORAGE_UNREADABLE`
 */
export async function entriesIn(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw unreadable(folder, error)
  }
}
