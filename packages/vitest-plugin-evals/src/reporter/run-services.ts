import type { MessagePort } from 'node:worker_threads'
import { InProcessLeases, systemClock, type EvalsError, type Limiter, type LimiterChange } from '@evals/core'
import type { AdaptiveLimiter, BudgetLimiter } from '@evals/core/limiter'
import { ChannelServer, type ChannelService } from '../channel/main/channel-server.ts'
import { leasesService } from '../channel/main/leases-service.ts'
import { limiterService } from '../channel/main/limiter-service.ts'
import type { RunOptions } from '../options.ts'
import { followWorkers } from './follow-workers.ts'
import { StoreProblems } from './store-problems.ts'
import type { ModelServers } from '../model-servers/model-servers.ts'
import { formatInteger, formatUsd, plural } from '../terminal/format.ts'

/** A limiter that grows changes its mind hundreds of times; the last ones tell where it got to. */
const keptChanges = 500

/** What {@link RunServices} are made with. */
export interface RunServicesOptions {
  readonly options: RunOptions
  readonly servers: ModelServers
  /** What else the main process does for workers. */
  readonly services?: readonly ChannelService[]
}

/** What all workers of a run share, and so lives in the main process: the limiter of their model calls, its budget, and model servers. */
export class RunServices {
  readonly #options: RunOptions
  readonly #server: ChannelServer
  readonly #history: LimiterChange[] = []
  readonly #stopFollowing: () => void
  readonly #problems = new StoreProblems()
  #opening: Promise<Limiter> | undefined
  #limiter: AdaptiveLimiter | undefined
  #budget: BudgetLimiter | undefined
  /** The call that did not fit into the budget. */
  #refused: EvalsError | undefined

  constructor({ options, servers, services = [] }: RunServicesOptions) {
    this.#options = options
    this.#server = new ChannelServer([
      limiterService(() => (this.#opening ??= this.#open())),
      leasesService(new InProcessLeases()),
      servers.service,
      this.#problems.service,
      ...services,
    ])
    this.#stopFollowing = followWorkers(
      (worker) => this.#server.workerGone(worker),
      () => this.#server.workerStarted(),
    )
  }

  /** How the limiter changed what it lets through, oldest first. */
  get history(): readonly LimiterChange[] {
    return this.#history
  }

  /** What goes on now, for the live line: `38/40 calls in flight, 1,200 waiting`. */
  get line(): string | undefined {
    const keys = this.#limiter?.state ?? []
    const sum = (figure: 'connections' | 'inFlight' | 'waiting'): number =>
      keys.reduce((total, key) => total + key[figure], 0)
    if (keys.length === 0) return undefined
    const waiting = sum('waiting')
    const queue = waiting === 0 ? '' : `, ${formatInteger(waiting)} waiting`
    // Limits of several accounts add up to nothing that anybody keeps to.
    const calls =
      keys.length === 1
        ? `${formatInteger(sum('inFlight'))}/${plural(sum('connections'), 'call')}`
        : plural(sum('inFlight'), 'call')
    const down = keys.filter((key) => key.down).map(({ key }) => `, ${key.split(' ')[0] ?? key} does not answer`)
    return `${calls} in flight${queue}${down.join('')}`
  }

  /** Lines of earlier runs that could not be read. */
  get problems(): readonly string[] {
    return this.#problems.lines
  }

  /** That the money did not suffice. */
  get overspent(): string[] {
    const { budgetUsd = 0 } = this.#options
    const { callUsd, model } = this.#refused?.details ?? {}
    if (this.#budget === undefined || typeof callUsd !== 'number') return []
    const spent = `${formatUsd(this.#budget.spentUsd)} of \`budgetUsd\` ${formatUsd(budgetUsd)} is spent`
    const why = `the next call of ${String(model)} may cost ${formatUsd(callUsd)}, more than is left`
    const next =
      "Raise `budgetUsd`, or lower the calls' `maxOutputTokens`, and run again; with `--cache on` in both runs nothing is paid twice."
    return [`The budget ended the run: ${spent}, and ${why}. What needed more calls is cancelled. ${next}`]
  }

  /** Does for a worker what it asks for. */
  connect(worker: number, port: MessagePort): void {
    this.#server.connect(worker, port)
  }

  /** Tells all workers that the run is cancelled, also those that come later. */
  cancel(reason: string): void {
    this.#server.cancel(reason)
  }

  close(): void {
    this.#stopFollowing()
    this.#server.close()
  }

  /** Loaded at the first call: many runs call no model. */
  async #open(): Promise<Limiter> {
    const { AdaptiveLimiter, BudgetLimiter, RefusedKeys } = await import('@evals/core/limiter')
    const { maxConnections, budgetUsd } = this.#options
    this.#limiter = new AdaptiveLimiter({
      clock: systemClock,
      // Workers make the calls.
      untriedPerTurn: Infinity,
      ...(maxConnections === undefined ? {} : { maxConnections }),
      onChange: (change) => this.#remember(change),
    })
    if (budgetUsd !== undefined) {
      this.#budget = new BudgetLimiter(this.#limiter, { budgetUsd, onExhausted: (error) => (this.#refused = error) })
    }
    return new RefusedKeys(this.#budget ?? this.#limiter)
  }

  #remember(change: LimiterChange): void {
    this.#history.push(change)
    if (this.#history.length > keptChanges) this.#history.shift()
  }
}
