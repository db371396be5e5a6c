/** Has a signal; the part of an `AbortController` that work is given. */
export interface SignalSource {
  readonly signal: AbortSignal
}

/** An `AbortController` that makes its signal when it is first read: most tasks and scorers never do, and it is costly. */
export class LateAbortController implements SignalSource {
  #controller: AbortController | undefined
  #aborted: { readonly reason: unknown } | undefined

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#aborted !== undefined) this.#controller.abort(this.#aborted.reason)
    }
    return this.#controller.signal
  }

  abort(reason: unknown): void {
    this.#aborted ??= { reason }
    this.#controller?.abort(reason)
  }
}
