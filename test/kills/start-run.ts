import { equal } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

/** When a run is killed. */
export interface KillInstant {
  /** So many samples are said to be completed … */
  readonly completed: number
  /** … and then so much time has passed; without samples, since the evaluation began. */
  readonly thenMs: number
}

/** One process of the program. */
export interface Run {
  readonly program: string
  /** The program's argument. */
  readonly setting: object
  /** Absent: it is left alone. */
  readonly kill: KillInstant | undefined
  /** Told the key of each sample that the run says is completed. */
  onCompleted(key: string): void
}

/**
 * Runs the program until it is killed or ends.
 * @returns what an evaluation that ended has printed of itself; `undefined` if it was killed before
 */
export async function startRun({ program, setting, kill, onCompleted }: Run): Promise<unknown> {
  // Starts need a third less of the CPU where the code was compiled before.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(dirname(program), 'compiled') }
  const child = spawn(process.execPath, [program, JSON.stringify(setting)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  let completed = 0
  let timer: NodeJS.Timeout | undefined
  let ended: unknown
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('ended ')) ended = JSON.parse(line.slice('ended '.length))
    else if (line !== 'begun') {
      completed += 1
      onCompleted(line)
    }
    if (completed === kill?.completed) timer ??= setTimeout(() => child.kill('SIGKILL'), kill.thenMs)
  }
  clearTimeout(timer)
  await closed
  if (ended === undefined) equal(child.signalCode, 'SIGKILL', 'the run ended by itself, without a result')
  return ended
}
