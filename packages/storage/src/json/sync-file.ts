import { statSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, systemCode, unwritable } from '../storage-error.ts'
import { entriesIn } from './entries-in.ts'

/**
 * Brings a file's content to the disk itself; nothing happens if it is gone.
 * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`
 */
export async function syncFile(path: string): Promise<void> {
  await sync(path, 'r+')
}

/** Brings the names in a folder to the disk itself, on systems where that can be asked for. */
export async function syncFolder(path: string): Promise<void> {
  try {
    // Windows cannot open a folder.
    if (process.platform !== 'win32') await sync(path, 'r')
  } catch (error) {
    if (!isUnsupported(error)) throw error
  }
}

/** Brings the files of a folder to the disk itself that were written after `sinceMs`, whoever wrote them. */
export async function syncNewer(folder: string, sinceMs: number): Promise<void> {
  // Whatever stands in its place, there is nothing in it to lose.
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return
  for (const { name } of await entriesIn(folder)) {
    const path = join(folder, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat?.isFile() === true && stat.mtimeMs >= sinceMs) await syncFile(path)
  }
  await syncFolder(folder)
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  let file: FileHandle | undefined
  try {
    file = await open(path, flags)
    await file.sync()
  } catch (error) {
    // The experiment was deleted or renamed meanwhile.
    if (!isMissing(error)) throw unwritable(path, error)
  } finally {
    await file?.close()
  }
}

/** Some network file systems sync files, but no folders. */
function isUnsupported(error: unknown): boolean {
  const code = error instanceof Error ? systemCode(error.cause) : undefined
  return code === 'EINVAL' || code === 'ENOTSUP'
}
