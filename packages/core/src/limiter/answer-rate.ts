const windowSize = 64

/** How many answers come per ms, seen over the last ones. */
export class AnswerRate {
  readonly #times: number[] = []

  add(now: number): void {
    this.#times.push(now)
    if (this.#times.length > windowSize) this.#times.shift()
  }

  /** 0 while too little is known. */
  get perMs(): number {
    const spanMs = (this.#times.at(-1) ?? 0) - (this.#times[0] ?? 0)
    return spanMs > 0 ? (this.#times.length - 1) / spanMs : 0
  }
}
