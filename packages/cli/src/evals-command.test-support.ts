import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { EvalSummary, ExperimentDocument, ExperimentStore, SampleRecord } from '@evals/core'
import { summarizeEval, toSampleResult } from '@evals/core'
import { makeDocument, makeEntry, makeRun } from '@evals/core/testing'
import { openStore } from '@evals/storage'
import { vi } from 'vitest'

// Starting a process takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** What a call of the command left behind. */
export interface EndedCommand {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A temporary folder in which the command is called as users do, from source; removed on disposal. */
export class CommandFolder implements AsyncDisposable {
  readonly path: string = mkdtempSync(join(tmpdir(), 'evals-cli-'))
  readonly #stores: ExperimentStore[] = []

  /** Calls `evals` to its end, without a terminal. */
  async evals(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<EndedCommand> {
    const child = this.start(args, env)
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ])
    return { exitCode, stdout, stderr }
  }

  /** The JSON document that a call prints. */
  async json(args: readonly string[]): Promise<unknown> {
    return JSON.parse((await this.evals([...args, '--json'])).stdout)
  }

  /** Starts `evals` as {@link evals} does. */
  start(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): ChildProcessByStdio<null, Readable, Readable> {
    const { PATH = '', HOME = '' } = process.env
    const bin = join(import.meta.dirname, 'bin.ts')
    return spawn(process.execPath, ['--conditions=@evals/source', bin, ...args], {
      cwd: this.path,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true })
      writeFileSync(join(this.path, path), content)
    }
  }

  /** The store in the folder that the command takes by default. */
  async store(): Promise<ExperimentStore> {
    const store = await openStore('json://.evals', { root: this.path, writer: 'test' })
    this.#stores.push(store)
    return store
  }

  /** Writes an experiment as a run would have, its records changed by `records`. */
  async experiment(
    name: string,
    records: readonly Partial<SampleRecord>[],
    parts: Partial<ExperimentDocument> = {},
  ): Promise<void> {
    const store = await this.store()
    const entries = records.map((record) => makeEntry(record))
    const evals = parts.status === 'running' ? {} : { [evalName]: await figures(entries.map(({ record }) => record)) }
    for (const entry of entries) await store.append(name, entry)
    await store.writeDocument(makeDocument(name, { runs: [makeRun('run')], evals, ...parts }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#stores) await store.close()
    rmSync(this.path, { recursive: true, force: true })
  }
}

const evalName = 'qa.eval.ts > capitals'

function figures(records: readonly SampleRecord[]): Promise<EvalSummary> {
  const facts = { eval: evalName, variant: {}, planned: records.length, scorers: [] }
  return summarizeEval(facts, records.map(toSampleResult))
}
