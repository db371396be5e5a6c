import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { ServerOptions } from '../../fixtures/model-server/src/index.ts'

/** Modules in `clients` of the project. */
export type ClientName = 'evals' | 'evals-fetch' | 'openai-compatible' | 'p-limit' | 'bare'

/** What a client is to do. */
export interface Job {
  readonly client: ClientName
  /** Of the server. */
  readonly url: string
  readonly maxConnections?: number | undefined
  readonly timeoutMs?: number | undefined
  /** Calls at once, where the client does not find that out itself. */
  readonly concurrency?: number | undefined
  /** What is not answered then counts as failed. */
  readonly giveUpAfterMs?: number | undefined
}

/** What `client.js` prints. */
export interface ClientResult {
  /** From the first call to the last answer. */
  readonly ms: number
  readonly cpuMs: number
  /** Calls that failed for good, with the first different reasons. */
  readonly failed: number
  readonly errors: readonly string[]
}

/** What `loops.js` prints each time it has made so many calls. */
export interface LoopReading {
  readonly calls: number
  readonly ms: number
  readonly cpuMs: number
  readonly residentBytes: number
  readonly heapBytes: number
}

/** Asks all prompts at once of a client in a fresh process, as soon as it is warm; only then the server is set up. */
export async function runClient(
  project: string,
  job: Job & { server: ServerOptions; prompts: readonly string[] },
): Promise<ClientResult> {
  return (await runScript(project, ['client.js'], job)) as ClientResult
}

/** Asks from some loops without end, in a fresh process; reads after `readAt` calls besides those to warm up. */
export async function runLoops(
  project: string,
  job: Job & { loops: number; warmUp: number; readAt: readonly number[] },
): Promise<LoopReading[]> {
  return (await runScript(project, ['--expose-gc', 'loops.js'], job)) as LoopReading[]
}

async function runScript(cwd: string, args: readonly string[], job: object): Promise<unknown> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] }
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.end(JSON.stringify(job))
  const [printed, errors, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  assert.equal(exitCode, 0, `node ${args.join(' ')} failed:\n${errors}`)
  return JSON.parse(printed)
}
