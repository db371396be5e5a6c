import { EvalsError, messageOf } from '../errors.ts'
import type { CachedAnswer, CachedCall, CallCache, CallMaking } from '../request/call-cache.ts'
import { cacheKeyOf, readCacheEntry, storedCallOf, type CacheEntry } from './cache-entry.ts'
import { cacheMiss } from './cache-miss.ts'
import { leavesOf, type CallLeaves } from './call-difference.ts'
import type { Leases } from './leases.ts'
import type { CacheAddress, ResponseCache } from './response-cache.ts'
import { SingleFlight } from './single-flight.ts'

/** How stored answers are used: `on` reads and writes, `refresh` overwrites, `replay` only reads. */
export type CacheMode = 'on' | 'refresh' | 'replay'

/** Settings of {@link createCallCache}. */
export interface CallCacheOptions {
  readonly store: ResponseCache
  readonly mode: CacheMode
  /** Part of every key: another salt, other answers. Default: none. */
  readonly salt?: string
  /** Shared by all workers, so that they make identical calls once. Default: only this worker's are made once. */
  readonly leases?: Leases
  /**
   * Told of the first answer that could not be stored; the answer is given all the same, since it is paid for.
   * Default: a warning of the process.
   */
  readonly onProblem?: (problem: EvalsError) => void
}

/** How many stored calls a miss is compared with. */
const comparedCalls = 200

/**
 * Makes the cache that model calls go through. In mode `on`, identical calls in flight share one: a caller that aborts
 * leaves the others alone, and when all have left the call is aborted. When it fails, all who waited in this worker get
 * its error, while other workers make the call themselves; when its answer is not to be kept, each makes its own.
 */
export function createCallCache(options: CallCacheOptions): CallCache {
  return new StoredCallCache(options)
}

class StoredCallCache implements CallCache {
  readonly #options: CallCacheOptions
  readonly #flights = new SingleFlight<CachedAnswer>()
  /** Nothing is written in mode `replay`, so it is read once. */
  readonly #newest = new Map<string, Promise<readonly CallLeaves[]>>()
  #reported = false

  constructor(options: CallCacheOptions) {
    this.#options = options
  }

  async answer(call: CachedCall, making: CallMaking): Promise<CachedAnswer> {
    const { mode, salt } = this.#options
    making.signal.throwIfAborted()
    const address = { model: call.model, key: cacheKeyOf(call, salt) }
    if (mode === 'replay') return this.#replay(call, address)
    const make = (signal: AbortSignal): Promise<CachedAnswer> => this.#make(call, { address, making, signal })
    return mode === 'refresh' ? make(making.signal) : this.#share(address, { making, make })
  }

  async #replay(call: CachedCall, address: CacheAddress): Promise<CachedAnswer> {
    const found = await this.#read(address)
    if (found !== undefined) return found
    throw cacheMiss({ call, salt: this.#options.salt, key: address.key, stored: await this.#newestOf(call.model) })
  }

  async #share(address: CacheAddress, { making, make }: Sharing): Promise<CachedAnswer> {
    const { signal, waiting = (work) => work } = making
    const leads = !this.#flights.has(address.key)
    const joined = this.#flights.join(address.key, (shared) => this.#find(address, { making, make, shared }), {
      signal,
    })
    const { result, first } = await (leads ? joined : waiting(joined))
    if (leads) return result
    if (result.stored === undefined) return make(signal)
    return { stored: JSON.parse(JSON.stringify(result.stored)), cached: result.cached || !first }
  }

  /** Looks into the store, and again when others may have been at it meanwhile. */
  async #find(
    address: CacheAddress,
    { making, make, shared }: Sharing & { shared: AbortSignal },
  ): Promise<CachedAnswer> {
    const { leases } = this.#options
    const found = await this.#read(address)
    if (found !== undefined) return found
    if (leases === undefined) return make(shared)
    const { waiting = (work) => work } = making
    const release = await waiting(leases.acquire(address.key, { signal: shared }))
    try {
      return (await this.#read(address)) ?? (await make(shared))
    } finally {
      release()
    }
  }

  async #make(
    call: CachedCall,
    { address, making, signal }: { address: CacheAddress; making: CallMaking; signal: AbortSignal },
  ): Promise<CachedAnswer> {
    const answer = await making.make(signal)
    if (answer !== undefined) await this.#write(address, call, answer)
    return { stored: answer, cached: false }
  }

  async #read(address: CacheAddress): Promise<CachedAnswer | undefined> {
    const entry = readCacheEntry(await this.#options.store.read(address))
    return entry === undefined ? undefined : { stored: entry.answer, cached: true }
  }

  async #write(address: CacheAddress, call: CachedCall, answer: unknown): Promise<void> {
    const { store, salt, onProblem = warn } = this.#options
    const entry: CacheEntry = { v: 1, model: call.model, call: storedCallOf(call, salt), answer }
    try {
      await store.write(address, entry)
    } catch (error) {
      // Once: a full disk would otherwise tell of every call.
      if (!this.#reported) onProblem(toProblem(error))
      this.#reported = true
    }
  }

  #newestOf(model: string): Promise<readonly CallLeaves[]> {
    let newest = this.#newest.get(model)
    if (newest === undefined) {
      newest = this.#options.store.newest(model, comparedCalls).then((entries) =>
        entries
          .map((entry) => readCacheEntry(entry)?.call)
          .filter((stored) => stored !== undefined)
          .map(leavesOf),
      )
      this.#newest.set(model, newest)
    }
    return newest
  }
}

interface Sharing {
  readonly making: CallMaking
  readonly make: (signal: AbortSignal) => Promise<CachedAnswer>
}

function toProblem(error: unknown): EvalsError {
  if (EvalsError.isInstance(error)) return error
  return new EvalsError('EVALS_STORAGE_UNWRITABLE', `An answer could not be cached: ${messageOf(error)}`, {
    cause: error,
  })
}

function warn({ message, code }: EvalsError): void {
  process.emitWarning(message, { type: 'EvalsWarning', code })
}
