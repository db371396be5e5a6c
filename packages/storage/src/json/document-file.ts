import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseDocument, type ExperimentDocument } from '@evals/core'
import { isMissing, unreadable, unwritable } from '../storage-error.ts'
import { syncFile, syncFolder } from './sync-file.ts'
import { temporaryPath } from './write-whole.ts'

/** The name of an experiment's document in its folder. */
export const documentName = 'experiment.json'

/**
 * The document in an experiment's folder, or why it cannot be used.
 * @throws EvalsError `EVALS_STORAGE_UNREADABLE` if it may not be read, or is of a newer version
 */
export function readDocumentFile(folder: string, experiment: string): ExperimentDocument | string {
  const path = join(folder, documentName)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return `${documentName} is missing`
    throw unreadable(path, error)
  }
  const document = parseDocument(text, experiment)
  return typeof document === 'string' ? `${documentName} is ${document}` : document
}

/**
 * Replaces the document in an experiment's folder, which must exist; a killed process or a loss of power leaves the old
 * one or the new one.
 * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`
 */
export async function writeDocumentFile(folder: string, document: ExperimentDocument): Promise<void> {
  const path = join(folder, documentName)
  // lowdb's own temporary file has one name for all processes, which would take it from each other, and a full disk
  // leaves it behind: so each writes in a folder of its own.
  const temporary = temporaryPath(path)
  const written = join(temporary, documentName)
  try {
    mkdirSync(temporary)
    // Loaded late: a worker only appends.
    const [{ Low }, { JSONFile }] = await Promise.all([import('lowdb'), import('lowdb/node')])
    await new Low<ExperimentDocument>(new JSONFile(written), document).write()
    await syncFile(written)
    renameSync(written, path)
    await syncFolder(dirname(path))
  } catch (error) {
    throw unwritable(path, error)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
