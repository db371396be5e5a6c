import type { ExperimentDocument } from './experiment-document.ts'

/**
 * Names of scorers and scores that are part of an eval: eval (see `evalKey`) → names. What other scorers gave stays in the
 * records and counts no more. Of an eval that is absent all count.
 */
export type CountingScorers = ReadonlyMap<string, ReadonlySet<string>>

/** What the document of an experiment tells of them. */
export function countingScorers({ evals }: Pick<ExperimentDocument, 'evals'>): CountingScorers {
  return new Map(
    Object.entries(evals).flatMap(([key, { scorers, fingerprint }]) =>
      fingerprint === undefined ? [] : [[key, new Set([...Object.keys(scorers), ...Object.keys(fingerprint.scorers)])]],
    ),
  )
}
