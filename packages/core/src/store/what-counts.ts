import type { ExperimentDocument } from './experiment-document.ts'
import { removedSamples, type RemovedSamples } from './removed-samples.ts'

/**
 * Names of scorers and scores that are part of an eval: eval (see `evalKey`) → names. What other scorers gave stays in the
 * records and counts no more. Of an eval that is absent all count: its document does not tell.
 */
export type CountingScorers = ReadonlyMap<string, ReadonlySet<string>>

/** What of an experiment's records counts, as its document tells. */
export interface WhatCounts {
  /** Samples that count no more. */
  readonly removed: RemovedSamples
  /** Scorers that count. */
  readonly scorers: CountingScorers
}

/** What to read the results of an experiment with, so that they are those of its figures. */
export function whatCounts(document: Pick<ExperimentDocument, 'evals'>): WhatCounts {
  return { removed: removedSamples(document), scorers: countingScorers(document) }
}

function countingScorers({ evals }: Pick<ExperimentDocument, 'evals'>): CountingScorers {
  return new Map(
    Object.entries(evals).flatMap(([key, { scorers, fingerprint }]) =>
      fingerprint === undefined ? [] : [[key, new Set([...Object.keys(scorers), ...Object.keys(fingerprint.scorers)])]],
    ),
  )
}
