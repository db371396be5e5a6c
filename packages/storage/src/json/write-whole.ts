import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A path beside `path` that no other writer, in this process or another, uses. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}`)
}

/** Writes a file in the place of what is there; a process that is killed meanwhile leaves the old one, or none. */
export function writeWhole(path: string, data: Uint8Array | string): void {
  const temporary = temporaryPath(path)
  try {
    writeFileSync(temporary, data)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Writes a file that does not exist yet; a process that is killed meanwhile leaves none, not half of one. */
export function writeOnce(path: string, data: Uint8Array | string): void {
  if (!existsSync(path)) writeWhole(path, data)
}
