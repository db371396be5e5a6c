import { messageOf } from '../errors.ts'
import type { SampleRecord, StoredScore } from '../record/record.ts'
import { toStoredError } from '../record/stored-error.ts'
import type { ScoringResult } from '../scoring/run-scorers.ts'
import { isStopped } from './is-stopped.ts'
import type { SampleVerdict } from './judge-sample.ts'

/** What is known when all scorers have ended. */
export interface EndedScoring extends Pick<ScoringResult, 'scores' | 'errors'> {
  /** Scores of an earlier scoring, which stay whatever happens. Default: none. */
  readonly kept?: Readonly<Record<string, StoredScore>>
  /** Not asked where the run makes no more calls. */
  verdict(): SampleVerdict
}

/** The members of the record that tell how scoring ended, and what the sample's test fails with. */
export function endScoring({ scores, errors, kept = {}, verdict }: EndedScoring): {
  readonly parts: Pick<SampleRecord, 'outcome'> & Partial<SampleRecord>
  readonly thrown?: unknown
} {
  const stop = errors.find(isStopped)
  if (stop !== undefined) {
    // Nothing is wrong with the answer, nor with the scores that are there: whoever goes on later needs only the others.
    const finished = Object.entries(scores).filter(
      ([name, { error }]) => error === undefined || Object.hasOwn(kept, name),
    )
    const parts = { scores: Object.fromEntries(finished), error: toStoredError(stop) }
    return { parts: { outcome: 'cancelled', ...parts }, thrown: stop }
  }
  const { passed, thrown } = verdict()
  const failure = thrown === undefined ? {} : { failure: { message: messageOf(thrown) } }
  return { parts: { outcome: 'scored', passed, scores, ...failure }, thrown }
}
