import type { ScorerDeclaration } from '../summary/eval-summary.ts'

/** What a summary has to know of scorers: all but their code. */
export function declareScorers(scorers: readonly ScorerDeclaration[]): ScorerDeclaration[] {
  return scorers.map(({ name, kind, range, direction }) => ({
    name,
    ...(kind === undefined ? {} : { kind }),
    ...(range === undefined ? {} : { range }),
    ...(direction === undefined ? {} : { direction }),
  }))
}
