import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { askServer } from './ask-server.ts'
import type { LocalServerSpec } from './local-server-spec.ts'

/** How a test server behaves. */
export interface TestServerOptions {
  /** Says 503 until then. */
  readonly readyAfterMs?: number
  readonly ignoresSigterm?: boolean
  /** Starts a process of its own that ignores SIGTERM too where the server does. */
  readonly hasChild?: boolean
  /** Number of the replica that ends with code 3 instead of listening. */
  readonly failingReplica?: number
  /** Printed at the start, on standard error. */
  readonly prints?: readonly string[]
}

/** What a test server tells of itself. */
export interface ServerInfo {
  readonly pid: number
  readonly child: number | null
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/** Runs in the server's process. Its arguments: port, replica, options. */
const source = `
const [port, replica, json] = process.argv.slice(1)
const { readyAfterMs = 0, ignoresSigterm, hasChild, failingReplica, prints = [] } = JSON.parse(json)
for (const line of prints) console.error(line)
if (String(failingReplica) === replica) process.exit(3)
if (ignoresSigterm) process.on('SIGTERM', () => {})
const idle = (ignoresSigterm ? 'process.on("SIGTERM", () => {});' : '') + 'setInterval(() => {}, 1000)'
const child = hasChild ? require('node:child_process').spawn(process.execPath, ['-e', idle], { stdio: 'inherit' }) : null
const startedAt = performance.now()
const info = () => ({ pid: process.pid, child: child?.pid ?? null, args: process.argv.slice(1), env: process.env, cwd: process.cwd() })
require('node:http').createServer((request, response) => {
  const send = (status, body) => response.writeHead(status).end(JSON.stringify(body))
  if (request.url === '/health') {
    const isReady = performance.now() - startedAt >= readyAfterMs
    return send(isReady ? 200 : 503, { status: isReady ? 'ok' : 'loading' })
  }
  if (request.url === '/info') return send(200, info())
  if (request.url === '/crash') {
    console.log('about to crash')
    process.exit(7)
  }
  send(404, { error: 'model not found' })
}).listen(Number(port), '127.0.0.1', () => console.log('listening on', port))
`

/** A spec whose server is a small script. */
export function testServer(options: TestServerOptions = {}, more: Partial<LocalServerSpec> = {}): LocalServerSpec {
  return {
    command: process.execPath,
    args: ['--eval', source, '{port}', '{replica}', JSON.stringify(options)],
    readiness: { path: '/health', intervalMs: 20 },
    modelId: 'm',
    ...more,
  }
}

/** What the server behind a base URL tells of itself. */
export async function infoOf(baseURL: string): Promise<ServerInfo> {
  const response = await fetch(new URL('/info', baseURL), { headers: { connection: 'close' } })
  return (await response.json()) as ServerInfo
}

/** Makes a server end with code 7. */
export async function crash(baseURL: string): Promise<void> {
  await askServer({ url: new URL('/crash', baseURL).href, signal: AbortSignal.timeout(5000) })
}

/** True while a process runs; one that has ended and was not collected does not. */
export function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    return !state.trim().startsWith('Z')
  } catch {
    return false
  }
}

/** The guardians that a process started. */
export function guardiansOf(parent: number): readonly number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [pid, ppid, stat = ''] = line.trim().split(/\s+/)
    const isGuardian = Number(ppid) === parent && !stat.startsWith('Z') && line.includes('function guard(')
    return isGuardian ? [Number(pid)] : []
  })
}

/** Waits until a condition holds, at most 10 s. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${condition.toString()} did not hold within 10 s`)
    await sleep(20)
  }
}
