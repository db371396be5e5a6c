import type { EvalSummary } from '@evals/core'

/** What is to be said of samples without a verdict; the scorer that failed may be gone. */
export const noVerdict = 'got no verdict, since passWhen or a scorer failed'

/** How many scored samples neither passed nor failed; 0 where the failures of one scorer, which are told anyway, explain all of them. */
export function withoutVerdict({
  samples: { unjudged = 0 },
  scorers,
}: Pick<EvalSummary, 'samples' | 'scorers'>): number {
  const explained = Math.max(0, ...Object.values(scorers).map(({ failed }) => failed))
  return unjudged > explained ? unjudged : 0
}
