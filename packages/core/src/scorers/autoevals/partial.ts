import type { ScoreScale } from '../../scoring/scorer.ts'

/** What a scorer of autoevals returns. */
export interface Score {
  readonly name: string
  readonly score: number | null
  readonly metadata?: Record<string, unknown>
}

/** What a scorer of autoevals is called with; it ignores what it does not know. */
export type ScorerArgs<Output, Extra> = { output: Output; expected?: Output | undefined } & Extra

/** A scorer of autoevals: a function, of which `partial` makes another that has some arguments already. */
export interface ScorerWithPartial<
  Output,
  Extra,
  Result extends Score | Promise<Score> = Score | Promise<Score>,
> extends Pick<ScoreScale, 'range'> {
  (args: ScorerArgs<Output, Extra>): Result
  partial(args: Partial<Extra>): (args: ScorerArgs<Output, Partial<Extra>>) => Result
}

/** Gives a function its name, by which its scores go, `partial`, and the range of all scores of autoevals. */
export function withPartial<Output, Extra, Result extends Score | Promise<Score>>(
  name: string,
  score: (args: ScorerArgs<Output, Extra>) => Result,
): ScorerWithPartial<Output, Extra, Result> {
  const named = <Args>(call: (args: Args) => Result): ((args: Args) => Result) & Pick<ScoreScale, 'range'> => {
    const own = Object.defineProperty(call, 'name', { value: name, configurable: true })
    return Object.assign(own, { range: [0, 1] as const })
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
