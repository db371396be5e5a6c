import type { DatabaseSync } from 'node:sqlite'
import { experimentExists, experimentUnknown, parseDocument, type ExperimentDocument } from '@evals/core'
import { assertFree } from './sqlite-lease.ts'

const tables = ['experiments', 'records', 'attachments'] as const

/** The names of all experiments. */
export function experimentsOf(database: DatabaseSync): string[] {
  return database
    .prepare('SELECT experiment FROM experiments')
    .all()
    .map(({ experiment }) => String(experiment))
}

/** An experiment's document, or why it cannot be used. */
export function documentOf(database: DatabaseSync, experiment: string): ExperimentDocument | string {
  const row = database.prepare('SELECT document FROM experiments WHERE experiment = ?').get(experiment)
  if (typeof row?.['document'] !== 'string') return 'the document is missing'
  const document = parseDocument(row['document'], experiment)
  return typeof document === 'string' ? `the document is ${document}` : document
}

export function storeDocument(database: DatabaseSync, document: ExperimentDocument): void {
  database
    .prepare('INSERT OR REPLACE INTO experiments (experiment, document) VALUES (?, ?)')
    .run(document.experiment, JSON.stringify(document))
}

export function attachmentOf(database: DatabaseSync, experiment: string, sha256: string): Uint8Array | undefined {
  const row = database
    .prepare('SELECT bytes FROM attachments WHERE experiment = ? AND sha256 = ?')
    .get(experiment, sha256)
  return row?.['bytes'] as Uint8Array | undefined
}

/** @throws EvalsError as the store's `rename` */
export function renameExperiment(database: DatabaseSync, from: string, to: string): void {
  const known = experimentsOf(database)
  if (!known.includes(from)) throw experimentUnknown(from, known)
  if (known.includes(to)) throw experimentExists(to)
  // Whoever holds the new name is about to write to it.
  for (const experiment of [from, to]) assertFree(database, experiment)
  for (const table of tables) database.prepare(`UPDATE ${table} SET experiment = ? WHERE experiment = ?`).run(to, from)
}

/** @throws EvalsError as the store's `delete` */
export function deleteExperiment(database: DatabaseSync, experiment: string): void {
  assertFree(database, experiment)
  for (const table of tables) database.prepare(`DELETE FROM ${table} WHERE experiment = ?`).run(experiment)
}
