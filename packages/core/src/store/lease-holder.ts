import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, uptime } from 'node:os'

/** Which process holds an experiment. */
export interface LeaseHolder {
  readonly host: string
  readonly pid: number
  /** When it began to hold the experiment. */
  readonly since: string
  /** Names the set of processes within which `pid` is unique: two containers may share a host's name, not their pids. */
  readonly pidSpace: string
}

/** How long a holder whose process cannot be looked for, such as one on another host, may be silent. */
export const leaseWindowMs = 60_000

/** This process as a holder. */
export function thisProcess(): LeaseHolder {
  return { host: hostname(), pid: process.pid, since: new Date().toISOString(), pidSpace: pidSpace() }
}

/** True if `holder` is dead: its process is gone, or it runs elsewhere and has been silent for too long. */
export function isStale(holder: LeaseHolder, silentMs: number): boolean {
  // A stopped process and a sleeping machine are silent too, but live.
  return holder.pidSpace === pidSpace() ? !isAlive(holder.pid) : silentMs > leaseWindowMs
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

let ownPidSpace: string | undefined

function pidSpace(): string {
  return (ownPidSpace ??= `${hostname()}, ${bootAndContainer()}`)
}

function bootAndContainer(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}, ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    // Not Linux: the hour in which the system started. A holder that computed another one is judged by its silence.
    return `${Math.round((Date.now() / 1000 - uptime()) / 3600)}`
  }
}
