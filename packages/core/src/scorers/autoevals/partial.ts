/** What a scorer of autoevals returns. */
export interface Score {
  readonly name: string
  readonly score: number | null
  readonly metadata?: Record<string, unknown>
}

/** What a scorer of autoevals is called with; it ignores what it does not know. */
export type ScorerArgs<Output, Extra> = { output: Output; expected?: Output | undefined } & Extra

/** A scorer of autoevals: a function, of which `partial` makes another that has some arguments already. */
export interface ScorerWithPartial<Output, Extra, Result extends Score | Promise<Score> = Score | Promise<Score>> {
  (args: ScorerArgs<Output, Extra>): Result
  partial(args: Partial<Extra>): (args: ScorerArgs<Output, Partial<Extra>>) => Result
}

/** Gives a function its name, by which its scores go, and `partial`. */
export function withPartial<Output, Extra, Result extends Score | Promise<Score>>(
  name: string,
  score: (args: ScorerArgs<Output, Extra>) => Result,
): ScorerWithPartial<Output, Extra, Result> {
  const named = <Args>(call: (args: Args) => Result): ((args: Args) => Result) => {
    return Object.defineProperty(call, 'name', { value: name, configurable: true })
  }
  return Object.assign(
    named((args: ScorerArgs<Output, Extra>) => score(args)),
    {
      partial: (given: Partial<Extra>) => {
        return named((args: ScorerArgs<Output, Partial<Extra>>) =>
          score({ ...given, ...args } as ScorerArgs<Output, Extra>),
        )
      },
    },
  )
}
