import type { ScorerDeclaration } from '../summary/eval-summary.ts'
import { withoutUndefined } from '../without-undefined.ts'

/** What a summary has to know of scorers: all but their code. */
export function declareScorers(scorers: readonly ScorerDeclaration[]): ScorerDeclaration[] {
  return scorers.map(({ name, kind, range, direction }) => withoutUndefined({ name, kind, range, direction }))
}
