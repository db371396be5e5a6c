/** What workers hold, by a number that can travel. */
export class HeldByWorkers<Held> {
  readonly #held = new Map<number, { readonly value: Held; readonly worker: number }>()
  #last = 0

  /** @returns the number under which the worker gives it back */
  add(value: Held, worker: number): number {
    this.#last += 1
    this.#held.set(this.#last, { value, worker })
    return this.#last
  }

  take(number: number): Held | undefined {
    const entry = this.#held.get(number)
    this.#held.delete(number)
    return entry?.value
  }

  /** All that a worker still holds. */
  takeAll(worker: number): Held[] {
    const numbers = [...this.#held].filter(([, entry]) => entry.worker === worker).map(([number]) => number)
    return numbers.map((number) => this.take(number)!)
  }
}
