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
  /** When the process began, as its system counts: pids are used again. Absent where the system does not tell simply. */
  readonly processStart?: string
}

/** How long a holder whose process cannot be looked for, such as one on another host, may be silent. */
export const leaseWindowMs = 60_000

/** This process as a holder. */
export function thisProcess(): LeaseHolder {
  const since = new Date().toISOString()
  const processStart = startOf(process.pid)
  return {
    host: hostname(),
    pid: process.pid,
    since,
    pidSpace: pidSpace(),
    ...(processStart === undefined ? {} : { processStart }),
  }
}

/** True if `holder` is dead: its process is gone, or it runs elsewhere and has been silent for too long. */
export function isStale(holder: LeaseHolder, silentMs: number): boolean {
  // A stopped process and a sleeping machine are silent too, but live.
  return holder.pidSpace === pidSpace() ? !isAlive(holder) : silentMs > leaseWindowMs
}

function isAlive({ pid, processStart }: LeaseHolder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
  }
  const start = startOf(pid)
  return start === undefined || processStart === undefined || start === processStart
}

/** Linux only: the 22nd field of `stat`, of which the second is a name that may hold spaces and brackets. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
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
