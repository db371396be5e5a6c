import type { Clock } from '../clock.ts'
import { onAbort } from '../on-abort.ts'
import { runAlone, runBatch, type BatchMember, type BatchTask } from './run-batch.ts'
import type { SampleScope } from './sample-scope.ts'

/** How the samples of an eval are put into batches. */
export interface BatchOptions<Seat> {
  /** Most samples in a batch. */
  readonly size: number
  /** Most samples of the eval in progress. */
  readonly concurrency: number
  /** How many samples of the eval run in all. */
  readonly samples: () => number
  readonly task: BatchTask<Seat>
  readonly clock: Clock
}

/** Most ms without a further sample before an incomplete batch goes: samples that can start do so within that. */
const quietMs = 100

interface Waiting<Seat> {
  readonly member: BatchMember<Seat>
  /** Its clock goes on, and nobody listens for its end any more. */
  leave(): void
  resolve(output: Promise<unknown>): void
}

/**
 * Puts the samples of one eval and variant that wait together into batches of one epoch each. A batch goes when it is
 * full; when no further sample can join, because all have begun or all that may be in progress wait here; and when none
 * has joined for a while, so that it cannot wait for what never comes.
 */
export class BatchCollector<Seat> {
  readonly #options: BatchOptions<Seat>
  /** By epoch: epochs are independent draws, also for the cache. */
  readonly #waiting = new Map<number, Set<Waiting<Seat>>>()
  readonly #tried = new WeakSet<SampleScope>()
  #samples: number | undefined
  #begun = 0
  #inProgress = 0
  #stopTimer = (): void => {}

  constructor(options: BatchOptions<Seat>) {
    this.#options = options
  }

  /** Runs all there is to do for one sample, of which `join` is a part. */
  async track<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#begun += 1
    this.#inProgress += 1
    try {
      return await work()
    } finally {
      this.#inProgress -= 1
      if (this.#isComplete) this.#goAll()
    }
  }

  /** The output of one attempt at a sample. A sample that is tried again runs alone, for it may spoil another batch. */
  join(member: BatchMember<Seat>): Promise<unknown> {
    const { scope, aborts } = member
    if (this.#tried.has(scope)) return runAlone(member, this.#options.task)
    this.#tried.add(scope)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const queue = this.#queueOf(scope.epoch)
    const resume = scope.waits.pause()
    const stopListening = onAbort(aborts.signal, () => {
      queue.delete(waiting)
      waiting.leave()
      reject(aborts.signal.reason as Error)
    })
    const waiting: Waiting<Seat> = {
      member,
      resolve,
      leave() {
        stopListening()
        resume()
      },
    }
    queue.add(waiting)
    if (queue.size >= this.#options.size) this.#go(queue)
    else if (this.#isComplete) this.#goAll()
    else this.#goLater()
    return promise
  }

  /** No further sample can join. */
  get #isComplete(): boolean {
    const { concurrency, samples } = this.#options
    this.#samples ??= samples()
    if (this.#begun >= this.#samples) return true
    const waiting = this.#waitingCount
    return waiting >= concurrency && waiting === this.#inProgress
  }

  #goLater(): void {
    this.#stopTimer()
    this.#stopTimer = this.#options.clock.after(quietMs, () => this.#goAll())
  }

  #goAll(): void {
    this.#stopTimer()
    for (const queue of this.#waiting.values()) this.#go(queue)
  }

  #go(queue: Set<Waiting<Seat>>): void {
    if (queue.size === 0) return
    const batch = [...queue]
    queue.clear()
    for (const waiting of batch) waiting.leave()
    const { task, clock } = this.#options
    const outputs = runBatch(
      batch.map(({ member }) => member),
      task,
      clock,
    )
    for (const [index, { resolve }] of batch.entries()) resolve(outputs[index]!)
    if (this.#waitingCount === 0) this.#stopTimer()
  }

  get #waitingCount(): number {
    return [...this.#waiting.values()].reduce((sum, { size }) => sum + size, 0)
  }

  #queueOf(epoch: number): Set<Waiting<Seat>> {
    let queue = this.#waiting.get(epoch)
    if (queue === undefined) this.#waiting.set(epoch, (queue = new Set()))
    return queue
  }
}
