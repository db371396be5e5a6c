import { systemClock } from '../clock.ts'
import type { StoredScore } from '../record/record.ts'
import { runScorers } from '../scoring/run-scorers.ts'
import type { ScoreFunction, Scorer, ScorerInput } from '../scoring/scorer.ts'
import { toScorers } from '../scoring/to-scorers.ts'

/** One answer to score. */
export interface ScoreOutputOptions<Input = unknown, Output = unknown, Expected = unknown> extends Partial<
  Pick<ScorerInput<Input, Output, Expected>, 'input' | 'expected' | 'metadata' | 'tags' | 'signal'>
> {
  readonly output: Output
  readonly scorers: readonly (Scorer<Input, Output, Expected> | ScoreFunction<Input, Output, Expected>)[]
  /** Time each scorer may take, in ms; 0: no limit. Default 300,000. */
  readonly timeoutMs?: number
}

/**
 * Scores one answer and stores nothing. A scorer that fails has its error in its score and costs no other one.
 * @throws EvalsError `EVALS_SCORER_DUPLICATE`, `EVALS_SCORER_OPTION_INVALID`
 */
export async function scoreOutput<Input = unknown, Output = unknown, Expected = unknown>({
  scorers,
  timeoutMs = 300_000,
  ...given
}: ScoreOutputOptions<Input, Output, Expected>): Promise<Readonly<Record<string, StoredScore>>> {
  const { input, output, expected, metadata = {}, tags = [], signal = new AbortController().signal } = given
  const nothingRan = { calls: [], trace: [], usage: {}, costUsd: null, durationMs: 0, epoch: 0, variant: {} }
  const scored = { input, output, expected, metadata, tags, signal, ...nothingRan }
  const { scores } = await runScorers(toScorers(scorers as readonly (Scorer | ScoreFunction)[]), scored, {
    timeoutMs,
    clock: systemClock,
  })
  return scores
}
