/**
 * Makes one write of all that is added within one turn of the event loop, so that a killed process leaves at most one
 * write unfinished (docs/adr/0005).
 */
export class WriteTurn<Item> {
  readonly #write: (items: readonly Item[]) => void
  #waiting: { readonly items: Item[]; readonly written: PromiseWithResolvers<void> } | undefined

  constructor(write: (items: readonly Item[]) => void) {
    this.#write = write
  }

  /** Resolves when the item is written; rejects with what the write failed with. */
  add(item: Item): Promise<void> {
    if (this.#waiting === undefined) {
      this.#waiting = { items: [], written: Promise.withResolvers() }
      setImmediate(() => this.flush())
    }
    this.#waiting.items.push(item)
    return this.#waiting.written.promise
  }

  /** Writes what waits, now; those who added it learn of a failure. */
  flush(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    try {
      this.#write(waiting.items)
      waiting.written.resolve()
    } catch (error) {
      waiting.written.reject(error)
    }
  }
}
