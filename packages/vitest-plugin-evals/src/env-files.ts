import { statSync } from 'node:fs'
import { resolve } from 'node:path'

/** Loads `.env.local` and `.env` of a folder into `process.env`; what is set already stays. */
export function loadEnvFiles(folder: string): void {
  for (const name of ['.env.local', '.env']) {
    const path = resolve(folder, name)
    // A folder of this name, as of a virtual environment, is none, and a pipe is one.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false) process.loadEnvFile(path)
  }
}
