import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What one run of a command cost. */
export interface Measurement {
  readonly wallMs: number
  /** User and system time of the command and all its descendants; the kernel counts it in steps of 10 ms. */
  readonly cpuMs: number
  /**
   * Peak of the resident sets of the whole process tree added up, looked at every 20 ms. Pages that several processes
   * share count for each of them.
   */
  readonly peakBytes: number
}

/** A command to run. */
export interface Command {
  readonly cwd: string
  /** Arguments of Node. */
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const sampledEveryMs = 20

/** Runs Node once and measures it; fails with what it printed unless it exits with 0. Linux only. */
export async function measureProcess(command: Command): Promise<Measurement> {
  const { printed, problem, ...measurement } = await observe(command)
  assert.equal(problem, undefined, `node ${command.args.join(' ')} failed:\n${printed}`)
  return measurement
}

/** Measures as `measureProcess` does, but kills what takes longer than `limitMs`, and tells why there is no measurement. */
export async function tryProcess(
  command: Command,
  limitMs: number,
): Promise<Measurement | { readonly problem: string }> {
  const { printed, problem, ...measurement } = await observe(command, limitMs)
  if (problem === undefined) return measurement
  if (measurement.wallMs < limitMs) console.error(`node ${command.args.join(' ')}: ${problem}\n${printed.slice(-2000)}`)
  return { problem }
}

async function observe(
  command: Command,
  limitMs?: number,
): Promise<Measurement & { readonly printed: string; readonly problem: string | undefined }> {
  const cpuBefore = cpuOfChildrenMs()
  const startedAt = performance.now()
  const { child, exited, printed } = start(command)
  let peakBytes = 0
  let isLate = false
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(child.pid!))
    if (isLate || limitMs === undefined || performance.now() - startedAt < limitMs) return
    isLate = true
    process.kill(-child.pid!, 'SIGKILL')
  }, sampledEveryMs)
  const { code, signal } = await exited
  const wallMs = performance.now() - startedAt
  clearInterval(timer)
  const ended = code === 0 ? undefined : `ended ${signal === null ? `with code ${code}` : `by ${signal}`}`
  const problem = isLate ? `did not finish in ${limitMs! / 60_000} min` : ended
  return { wallMs, cpuMs: cpuOfChildrenMs() - cpuBefore, peakBytes, printed: printed(), problem }
}

/** Runs Node and kills its whole process group with SIGKILL as soon as `enough` says so. */
export async function killProcess(command: Command, enough: () => boolean): Promise<void> {
  const { child, exited, printed } = start(command)
  const timer = setInterval(() => {
    if (enough()) process.kill(-child.pid!, 'SIGKILL')
  }, 1)
  const { signal } = await exited
  clearInterval(timer)
  assert.equal(signal, 'SIGKILL', `node ${command.args.join(' ')} ended before it could be killed:\n${printed()}`)
}

interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

function start({ cwd, args, environment = {} }: Command): {
  child: ChildProcess
  exited: Promise<Exit>
  printed: () => string
} {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...environment }
  // A process group of its own can be killed as a whole.
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const { promise: exited, resolve, reject } = Promise.withResolvers<Exit>()
  child.on('error', reject)
  child.on('close', (code, signal) => resolve({ code, signal }))
  return { child, exited, printed: () => Buffer.concat(chunks).toString('utf8') }
}

/** CPU time of all children of this process that have ended, and of theirs. */
function cpuOfChildrenMs(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  // The second field is a name in brackets, which may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const clockTickMs = 10
  return (Number(fields[13]) + Number(fields[14])) * clockTickMs
}

function residentBytes(pid: number): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return children.reduce((sum, child) => sum + residentBytes(Number(child)), Number(kilobytes) * 1024)
  } catch {
    // It has just ended.
    return 0
  }
}
