import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { CallOutcome, Limiter } from './limiter.ts'
import type { RateLimits } from './rate-headers.ts'

/** Virtual time: jumps from event to event, and lets all promises settle in between. */
export class SimulatedTime implements Clock {
  readonly #events: { at: number; order: number; run: () => void }[] = []
  #order = 0
  #now = 0

  now(): number {
    return this.#now
  }

  date(): Date {
    return new Date(this.#now)
  }

  after(ms: number, run: () => void): () => void {
    const event = { at: this.#now + Math.max(0, ms), order: this.#order++, run }
    const before = ({ at, order }: typeof event): boolean => at < event.at || (at === event.at && order < event.order)
    let low = 0
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (before(this.#events[middle]!)) low = middle + 1
      else high = middle
    }
    this.#events.splice(low, 0, event)
    return () => {
      const index = this.#events.indexOf(event)
      if (index !== -1) this.#events.splice(index, 1)
    }
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** Runs until `done` has settled. */
  async run(done: Promise<unknown>): Promise<void> {
    let ended = false
    void done.finally(() => (ended = true))
    await setImmediate()
    while (!ended) {
      const next = this.#events.shift()
      if (next === undefined) throw new Error('nothing is left to happen, and the work is not done')
      this.#now = next.at
      next.run()
      await setImmediate()
    }
  }
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Log-normal times with this median and the spread of answers of one kind (σ 0.3). */
export function logNormal(median: number, random: () => number, sigma = 0.3): () => number {
  return () => median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
}

/** What a simulated server says to one call. */
export interface SimulatedAnswer {
  readonly refused: boolean
  /** When the answer is there: in so many ms, or when the promise resolves. */
  readonly after: number | Promise<void>
  readonly limits?: RateLimits
}

/** A server; `ended` is called when the answer has gone out. */
export interface SimulatedServer {
  receive(call: { now: number; inFlight: number; tokens: number }): SimulatedAnswer
}

/** What came of a simulated run. */
export interface SimulatedRun {
  readonly ms: number
  readonly refusals: number
  /** Greatest number of calls in flight at the server. */
  readonly most: number
  /** Calls in flight at the server, averaged over the second half of the calls. */
  readonly settled: number
}

/** Makes `calls` calls through a limiter, as many at once as it lets, as the request path does. */
export async function simulate(
  limiter: Limiter,
  {
    time,
    server,
    calls,
    random = seededRandom(7),
    tokensOf = () => 10,
  }: {
    time: SimulatedTime
    server: SimulatedServer
    calls: number
    random?: () => number
    tokensOf?: () => number
  },
): Promise<SimulatedRun> {
  let inFlight = 0
  let refusals = 0
  let most = 0
  let answered = 0
  const seen: number[] = []
  const call = async (): Promise<void> => {
    const tokens = tokensOf()
    for (let attempt = 1; ; attempt += 1) {
      const slot = await limiter.acquire('key', {
        estimate: { inputTokens: tokens },
        priority: attempt > 1 ? 'begun' : 'new',
      })
      const startedAt = time.now()
      const { refused, after, limits = {} } = server.receive({ now: startedAt, inFlight, tokens })
      if (!refused) inFlight += 1
      most = Math.max(most, inFlight)
      if (answered > calls / 2) seen.push(inFlight)
      await (typeof after === 'number' ? time.sleep(after) : after)
      if (!refused) inFlight -= 1
      const result: CallOutcome['result'] = refused ? 'refused' : 'answered'
      slot.release({ result, durationMs: time.now() - startedAt, outputTokens: 0, limits })
      if (!refused) break
      refusals += 1
      await time.sleep(Math.max(random() * Math.min(60_000, 500 * 2 ** (attempt - 1)), limits.retryAfterMs ?? 0))
    }
    answered += 1
  }
  await time.run(Promise.all(Array.from({ length: calls }, call)))
  return { ms: time.now(), refusals, most, settled: seen.reduce((sum, n) => sum + n, 0) / Math.max(1, seen.length) }
}

/** Ms a refusal takes to come back. */
const refusalMs = 1.5

/** Refuses above `cap` calls in flight. */
export function cappedServer(cap: number, latency: () => number): SimulatedServer {
  return {
    receive: ({ inFlight }) =>
      inFlight >= cap ? { refused: true, after: refusalMs } : { refused: false, after: latency() },
  }
}

/** Answers `workers` calls at a time; others wait in its queue. */
export function saturatingServer(workers: number, latency: () => number): SimulatedServer {
  const freeAt = Array.from({ length: workers }, () => 0)
  return {
    receive({ now }) {
      const worker = freeAt.indexOf(Math.min(...freeAt))
      freeAt[worker] = Math.max(now, freeAt[worker]!) + latency()
      return { refused: false, after: freeAt[worker] - now }
    },
  }
}

/** Has `workers` processors that all calls share from their start: with `n` calls each takes `n / workers` times as long. */
export function sharingServer(workers: number, latency: () => number, time: SimulatedTime): SimulatedServer {
  const left = new Map<() => void, number>()
  let at = 0
  let cancel: (() => void) | undefined
  const speed = (): number => Math.min(1, workers / left.size)
  const pass = (): void => {
    const work = (time.now() - at) * speed()
    at = time.now()
    for (const [end, ms] of left) left.set(end, ms - work)
    for (const [end, ms] of left) {
      if (ms > 1e-6) continue
      left.delete(end)
      end()
    }
    cancel?.()
    if (left.size > 0) cancel = time.after(Math.min(...left.values()) / speed(), pass)
  }
  return {
    receive() {
      pass()
      const { promise, resolve } = Promise.withResolvers<void>()
      left.set(resolve, latency())
      pass()
      return { refused: false, after: promise }
    },
  }
}

/** Takes longer the more calls are there when one comes. */
export function slowingServer(workers: number, latency: () => number): SimulatedServer {
  return {
    receive: ({ inFlight }) => ({ refused: false, after: latency() * Math.max(1, (inFlight + 1) / workers) }),
  }
}

/** Refuses by rate: a bucket of `burst` that refills by `perMs`; says so in headers or by `Retry-After` alone. */
export function ratedServer(options: {
  readonly perMs: number
  readonly burst: number
  readonly latency: () => number
  readonly headers: 'full' | 'retry-after' | 'retry-after-ms'
  readonly of: 'requests' | 'tokens'
}): SimulatedServer {
  const { perMs, burst, latency, headers, of } = options
  let level = burst
  let at = 0
  return {
    receive({ now, tokens }) {
      level = Math.min(burst, level + (now - at) * perMs)
      at = now
      const amount = of === 'tokens' ? tokens : 1
      const refused = level < amount
      if (!refused) level -= amount
      const untilMs = (amount - level) / perMs
      const retryAfterMs = headers === 'retry-after-ms' ? untilMs : Math.ceil(untilMs / 1000) * 1000
      const state = { limit: burst, remaining: Math.floor(level), resetMs: (burst - level) / perMs }
      return {
        refused,
        after: refused ? refusalMs : latency(),
        limits: { ...(headers === 'full' ? { [of]: state } : {}), ...(refused ? { retryAfterMs } : {}) },
      }
    },
  }
}
