import type { Clock } from '@evals/core'
import { readdirSync, readFileSync } from 'node:fs'

const pollMs = 20
const killPatienceMs = 2000

/** Ends all processes of a group: SIGTERM, and SIGKILL to what is left after `graceMs`. */
export async function endGroup(
  leader: number,
  { graceMs, clock }: { readonly graceMs: number; readonly clock: Clock },
): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM') || (await isGone(leader, graceMs, clock))) return
  signalGroup(leader, 'SIGKILL')
  await isGone(leader, killPatienceMs, clock)
}

async function isGone(leader: number, withinMs: number, clock: Clock): Promise<boolean> {
  const deadline = clock.now() + withinMs
  while (isAlive(leader)) {
    if (clock.now() >= deadline) return false
    await new Promise<void>((resolve) => clock.after(pollMs, resolve))
  }
  return true
}

/** Sends a signal to all processes of a group; false if there is none any more. Signal 0 only asks. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    // Windows has no process groups.
    process.kill(process.platform === 'win32' ? leader : -leader, signal)
    return true
  } catch (error) {
    // macOS says EPERM of a group that only has zombies left.
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')) return false
    throw error
  }
}

function isAlive(leader: number): boolean {
  if (!signalGroup(leader, 0)) return false
  // Zombies get signals too, and in a container often nobody ever collects them.
  return (
    process.platform !== 'linux' || readdirSync('/proc').some((id) => /^\d+$/.test(id) && isLivingMember(id, leader))
  )
}

function isLivingMember(id: string, leader: number): boolean {
  try {
    const [, rest = ''] = readFileSync(`/proc/${id}/stat`, 'utf8').split(/\) (?=[^)]*$)/)
    const [state, , group] = rest.split(' ')
    return Number(group) === leader && state !== 'Z' && state !== 'X'
  } catch {
    // It has just ended.
    return false
  }
}
