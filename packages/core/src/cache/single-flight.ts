import { onAbort } from '../on-abort.ts'

/** What those who joined a flight get. */
export interface Landing<Result> {
  readonly result: Result
  /** True for one of those who are still there at the end: who started it, or else who joined next. */
  readonly first: boolean
}

interface Flight<Result> {
  readonly controller: AbortController
  readonly passengers: Set<symbol>
  readonly done: Promise<Result>
}

/** Does what several ask for at once only once. */
export class SingleFlight<Result> {
  readonly #flights = new Map<string, Flight<Result>>()

  /** True while the work of `key` goes on. */
  has(key: string): boolean {
    return this.#flights.has(key)
  }

  /**
   * Waits for the work of `key` that goes on, or starts it. It is aborted only when all who wait for it have left.
   * @throws what the work throws, to all who wait; the signal's reason when it aborts
   */
  async join(
    key: string,
    work: (signal: AbortSignal) => Promise<Result>,
    { signal }: { signal: AbortSignal },
  ): Promise<Landing<Result>> {
    signal.throwIfAborted()
    const flight = this.#flights.get(key) ?? this.#start(key, work)
    const passenger = Symbol(key)
    flight.passengers.add(passenger)
    const leave = (): void => {
      flight.passengers.delete(passenger)
      if (flight.passengers.size > 0) return
      // At once: who comes now must not board what is being aborted.
      this.#end(key, flight)
      flight.controller.abort(signal.reason)
    }
    const result = await unlessAborted(flight.done, { signal, leave })
    return { result, first: flight.passengers.values().next().value === passenger }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController()
    const flight = { controller, passengers: new Set<symbol>(), done: work(controller.signal) }
    this.#flights.set(key, flight)
    const end = (): void => this.#end(key, flight)
    flight.done.then(end, end)
    return flight
  }

  #end(key: string, flight: Flight<Result>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }
}

function unlessAborted<Result>(
  done: Promise<Result>,
  { signal, leave }: { signal: AbortSignal; leave: () => void },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => {
      leave()
      reject(signal.reason as Error)
    })
    done.then(
      (result) => {
        stopListening()
        resolve(result)
      },
      (error: unknown) => {
        stopListening()
        reject(error)
      },
    )
  })
}
