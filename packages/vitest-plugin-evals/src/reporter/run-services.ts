import type { BroadcastChannel } from 'node:worker_threads'
import { InProcessLeases, systemClock, type Limiter, type LimiterChange } from '@evals/core'
import type { AdaptiveLimiter, BudgetLimiter } from '@evals/core/limiter'
import { leasesHandlers } from '../channel/leases-host.ts'
import { limiterHandlers } from '../channel/limiter-host.ts'
import { WorkerRequests } from '../channel/worker-requests.ts'
import type { RunOptions } from '../options.ts'
import type { ModelServers } from './model-servers.ts'
import { formatInteger, formatUsd } from './format.ts'

/** A limiter that grows changes its mind hundreds of times; the last ones tell where it got to. */
const keptChanges = 500

/** What all workers of a run share, and so lives in the main process: the limiter of their model calls, its budget, and model servers. */
export class RunServices {
  readonly #options: RunOptions
  readonly #requests: WorkerRequests
  readonly #history: LimiterChange[] = []
  #opening: Promise<Limiter> | undefined
  #limiter: AdaptiveLimiter | undefined
  #budget: BudgetLimiter | undefined

  constructor(channel: BroadcastChannel, { options, servers }: { options: RunOptions; servers: ModelServers }) {
    this.#options = options
    this.#requests = new WorkerRequests(channel, {
      ...limiterHandlers(() => (this.#opening ??= this.#open())),
      ...leasesHandlers(new InProcessLeases()),
      ...servers.handlers,
    })
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
    const limit = keys.length === 1 ? `/${formatInteger(sum('connections'))}` : ''
    const down = keys.filter((key) => key.down).map(({ key }) => `, ${key.split(' ')[0] ?? key} does not answer`)
    return `${formatInteger(sum('inFlight'))}${limit} calls in flight${queue}${down.join('')}`
  }

  /** What there is to say at the end: that the money was spent. */
  get warnings(): string[] {
    const { budgetUsd = 0 } = this.#options
    if (this.#budget?.exhausted !== true) return []
    const spent = `${formatUsd(this.#budget.spentUsd)} of ${formatUsd(budgetUsd)}`
    const what = 'the next call may cost more than is left, so the samples that were left are cancelled'
    return [`The budget is spent (${spent}): ${what}. Raise \`budgetUsd\`, or set \`maxOutputTokens\`, to go on.`]
  }

  close(): void {
    this.#requests.close()
  }

  /** Loaded at the first call: many runs call no model. */
  async #open(): Promise<Limiter> {
    const { AdaptiveLimiter, BudgetLimiter } = await import('@evals/core/limiter')
    const { maxConnections, budgetUsd } = this.#options
    this.#limiter = new AdaptiveLimiter({
      clock: systemClock,
      ...(maxConnections === undefined ? {} : { maxConnections }),
      onChange: (change) => this.#remember(change),
    })
    if (budgetUsd === undefined) return this.#limiter
    return (this.#budget = new BudgetLimiter(this.#limiter, { budgetUsd }))
  }

  #remember(change: LimiterChange): void {
    this.#history.push(change)
    if (this.#history.length > keptChanges) this.#history.shift()
  }
}
