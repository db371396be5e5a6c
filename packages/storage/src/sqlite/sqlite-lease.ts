import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { experimentInUse, isStale, type LeaseHolder } from '@evals/core'

interface LeaseRow {
  readonly holder: string
  readonly beatAtMs: number
}

/**
 * Takes an experiment's lease within a transaction and returns the token it is held with.
 * @throws EvalsError `EVALS_EXPERIMENT_IN_USE`
 */
export function takeLease(database: DatabaseSync, experiment: string, holder: LeaseHolder): string {
  assertFree(database, experiment)
  const token = randomUUID()
  database
    .prepare('INSERT OR REPLACE INTO leases (experiment, token, holder, beatAtMs) VALUES (?, ?, ?, ?)')
    .run(experiment, token, JSON.stringify(holder), Date.now())
  return token
}

/** @throws EvalsError `EVALS_EXPERIMENT_IN_USE` */
export function assertFree(database: DatabaseSync, experiment: string): void {
  const row = database.prepare('SELECT holder, beatAtMs FROM leases WHERE experiment = ?').get(experiment)
  if (row === undefined) return
  const { holder: json, beatAtMs } = row as unknown as LeaseRow
  const holder = JSON.parse(json) as LeaseHolder
  if (!isStale(holder, Date.now() - beatAtMs)) throw experimentInUse(experiment, holder)
}

/** Shows that the holder is alive; false if the lease is no longer its own. */
export function beatLease(database: DatabaseSync, experiment: string, token: string): boolean {
  const { changes } = database
    .prepare('UPDATE leases SET beatAtMs = ? WHERE experiment = ? AND token = ?')
    .run(Date.now(), experiment, token)
  return changes === 1
}

export function releaseLease(database: DatabaseSync, experiment: string, token: string): void {
  database.prepare('DELETE FROM leases WHERE experiment = ? AND token = ?').run(experiment, token)
}
