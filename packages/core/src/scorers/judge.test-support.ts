import { EvalsError } from '../errors.ts'
import type { ScoreDetails, Scorer } from '../scoring/scorer.ts'

/** What a scorer of this folder says about one output. */
export async function judge(scorer: Scorer, output: unknown, expected?: unknown): Promise<ScoreDetails> {
  const result = await scorer.score({
    input: 'question',
    output,
    expected,
    metadata: {},
    tags: [],
    calls: [],
    trace: [],
    usage: {},
    costUsd: 0,
    durationMs: 1,
    epoch: 0,
    variant: {},
    signal: new AbortController().signal,
  })
  if (typeof result !== 'object' || result === null || !('value' in result)) {
    throw new EvalsError('EVALS_SCORE_INVALID', `expected details, got ${JSON.stringify(result)}`)
  }
  return result
}

/** Only the value of {@link judge}. */
export async function valueOf(scorer: Scorer, output: unknown, expected?: unknown): Promise<unknown> {
  return (await judge(scorer, output, expected)).value
}
