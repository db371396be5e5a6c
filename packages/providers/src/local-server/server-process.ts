import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Clock } from '@evals/core'
import type { Guardian } from './guardian.ts'
import { LogTail } from './log-tail.ts'
import { endGroup } from './process-group.ts'
import type { ServerPlan } from './server-plan.ts'

/** How a server's process ended, or why there never was one. */
export interface ServerExit {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** Set if it could not be started. */
  readonly error?: Error
}

/** What a server's process needs besides its plan. */
export interface ProcessSetting {
  readonly guardian: Guardian
  readonly clock: Clock
}

/** Time for output that is still on its way when a process has ended; a process that left its group may keep the pipe. */
const outputPatienceMs = 500

/** One life of a server: a process with a group of its own. */
export class ServerProcess {
  readonly log: LogTail = new LogTail()
  /** Resolves when its whole group is gone and its output is read. */
  readonly exited: Promise<ServerExit>
  readonly #child: ChildProcess
  readonly #end: () => Promise<void>

  constructor({ command, args, env, cwd, graceMs }: ServerPlan, { guardian, clock }: ProcessSetting) {
    this.#child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const { pid } = this.#child
    if (pid !== undefined) guardian.watch(pid)
    this.#end = async () => {
      if (pid !== undefined) await endGroup(pid, { graceMs, clock })
    }
    this.exited = this.#follow(clock).finally(() => {
      if (pid !== undefined) guardian.release(pid)
    })
    // A program that forgets to dispose of its servers must be able to end; the guardian then ends them.
    this.#child.unref()
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Ends the process and all it started. */
  async end(): Promise<void> {
    this.#child.ref()
    await this.#end()
    await this.exited
  }

  async #follow(clock: Clock): Promise<ServerExit> {
    const closed = Promise.all([this.#child.stdout, this.#child.stderr].map((stream) => this.#read(stream)))
    const exit = await new Promise<ServerExit>((resolve) => {
      this.#child.once('error', (error: Error & { spawnargs?: unknown }) => {
        // They may hold secrets, and whoever prints the error prints them.
        delete error.spawnargs
        resolve({ exitCode: null, signal: null, error })
      })
      this.#child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
    })
    // What it started must not keep the port.
    await this.#end()
    const { promise: late, resolve: giveUp } = Promise.withResolvers<void>()
    const cancel = clock.after(outputPatienceMs, giveUp)
    await Promise.race([closed, late])
    cancel()
    return exit
  }

  #read(stream: ChildProcess['stdout']): Promise<void> {
    if (stream === null) return Promise.resolve()
    const take = this.log.addStream()
    stream.setEncoding('utf8').on('data', take)
    ;(stream as { unref?(): void }).unref?.()
    return new Promise((resolve) => {
      stream.once('close', () => {
        take('')
        resolve()
      })
    })
  }
}
