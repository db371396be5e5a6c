import { rangeOf } from '../scoring/read-scorer-result.ts'
import type { ExperimentDocument } from '../store/experiment-document.ts'
import type { ScorerDeclaration, ScorerSummary } from '../summary/eval-summary.ts'

/**
 * What the document of an experiment tells of its evals' scorers, for `compare`: eval → scorers. Those without a score are
 * left out, since nothing was declared then that had to be kept to; so are a kind that was guessed from the scores, and a
 * document that was made from records, in which everything is guessed.
 */
export function declaredScorers({ evals, rebuilt }: ExperimentDocument): Record<string, ScorerDeclaration[]> {
  const declared: Record<string, ScorerDeclaration[]> = {}
  if (rebuilt !== undefined) return declared
  for (const { eval: name, scorers } of Object.values(evals)) {
    const own = (declared[name] ??= [])
    for (const [scorer, summary] of Object.entries(scorers)) {
      const isNew = summary.n > 0 && own.every((other) => other.name !== scorer)
      if (isNew) own.push(scorerDeclaration(scorer, summary))
    }
  }
  return declared
}

/** What the scorers of an experiment are according to its document: `evalKey` → scorer → fingerprint. */
export function scorerFingerprints({ evals }: ExperimentDocument): Record<string, Readonly<Record<string, string>>> {
  return Object.fromEntries(
    Object.entries(evals).flatMap(([key, { fingerprint }]) =>
      fingerprint === undefined ? [] : [[key, fingerprint.scorers] as const],
    ),
  )
}

/** What a scorer of that name declares, according to its figures; what was guessed is left out. */
export function scorerDeclaration(
  name: string,
  { kind, kindGuessed, direction, range }: Partial<ScorerSummary>,
): ScorerDeclaration {
  const known = kind && { kind }
  const declared = { name, ...(kindGuessed ? {} : known), ...(direction && { direction }) }
  // A document of an earlier version has none.
  if (range === undefined) return declared
  const ends = [range[0] ?? -Infinity, range[1] ?? Infinity] as const
  // With its kind the range was guessed, unless it is another than that kind has.
  const isGuessed = kindGuessed === true && String(ends) === String(rangeOf({ ...known }))
  return isGuessed ? declared : { ...declared, range: ends }
}
