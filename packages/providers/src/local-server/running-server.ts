import { messageOf } from '@evals/core'
import type { ServerPlan } from './server-plan.ts'
import { setupError, tellLog, tellTrouble, type Trouble } from './server-failure.ts'
import { ServerProcess, type ProcessSetting } from './server-process.ts'
import { pause, waitUntilReady } from './wait-until-ready.ts'

/** What a server needs besides its plan. */
export interface ServerSetting extends ProcessSetting {
  /** Shows the user a line. */
  log(line: string): void
}

const longestBackoffMs = 60_000

/** A server that is up: when its process ends, it is started again on the same port, as often as its plan allows. */
export class RunningServer {
  readonly #plan: ServerPlan
  readonly #setting: ServerSetting
  readonly #stopping = new AbortController()
  readonly #watching: Promise<void>
  #process: ServerProcess

  private constructor(plan: ServerPlan, process: ServerProcess, setting: ServerSetting) {
    this.#plan = plan
    this.#process = process
    this.#setting = setting
    this.#watching = this.#keepUp().catch((error: unknown) =>
      this.#log(`It cannot be started again: ${messageOf(error)}`),
    )
  }

  /**
   * Starts a server and waits until it is ready.
   * @throws EvalsError `EVALS_PROVIDER_FAILED` if it ends before, or takes too long; the signal's reason when it aborts
   */
  static async start(
    plan: ServerPlan,
    { signal, ...setting }: ServerSetting & { readonly signal: AbortSignal },
  ): Promise<RunningServer> {
    signal.throwIfAborted()
    const process = new ServerProcess(plan, setting)
    const trouble = await troubleOf(plan, process, { signal, clock: setting.clock })
    if (trouble === undefined && !signal.aborted) return new RunningServer(plan, process, setting)
    await process.end()
    signal.throwIfAborted()
    throw setupError(plan, process, trouble!)
  }

  /** Without a slash at the end. */
  get url(): string {
    return this.#plan.url
  }

  /** Ends the server and all its processes. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#process.end()
    await this.#watching
  }

  async #keepUp(): Promise<void> {
    const { times, backoffMs } = this.#plan.restart
    const { signal } = this.#stopping
    const { clock } = this.#setting
    for (let restart = 1; ; restart += 1) {
      const exit = await this.#process.exited
      if (signal.aborted) return
      const what = tellTrouble(this.#plan, { exit })
      if (restart > times) {
        this.#log(`${what} It has been started again ${times} times and stays down. ${this.#tail()}`)
        return
      }
      const delayMs = Math.min(longestBackoffMs, backoffMs * 2 ** (restart - 1))
      this.#log(`${what} Start ${restart} of ${times} in ${delayMs} ms. ${this.#tail()}`)
      await pause(delayMs, { clock, signal })
      if (signal.aborted) return
      this.#process = new ServerProcess(this.#plan, this.#setting)
      await this.#untilReady(this.#process)
    }
  }

  async #untilReady(process: ServerProcess): Promise<void> {
    const { signal } = this.#stopping
    const trouble = await troubleOf(this.#plan, process, { signal, clock: this.#setting.clock })
    if (signal.aborted) return
    if (trouble === undefined) {
      this.#log(`The model server \`${this.#plan.command}\` is ready again.`)
    } else if ('notReady' in trouble) {
      this.#log(tellTrouble(this.#plan, trouble))
      await process.end()
    }
  }

  #tail(): string {
    return tellLog(this.#plan, this.#process)
  }

  #log(line: string): void {
    this.#setting.log(line)
  }
}

/** Waits until a process is ready; returns why it is not. */
async function troubleOf(
  plan: ServerPlan,
  process: ServerProcess,
  { signal, clock }: { readonly signal: AbortSignal } & Pick<ProcessSetting, 'clock'>,
): Promise<Trouble | undefined> {
  const stopAsking = new AbortController()
  const asking = waitUntilReady(plan, { signal: AbortSignal.any([signal, stopAsking.signal]), clock })
  const ended = process.exited.then((exit) => ({ exit }))
  const first = await Promise.race([ended, asking.then((notReady) => notReady && { notReady })])
  stopAsking.abort()
  return first
}
