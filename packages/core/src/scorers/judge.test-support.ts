import { EvalsError } from '../errors.ts'
import type { ScoreDetails, Scorer, ScorerInput } from '../scoring/scorer.ts'
import { makeRecord } from '../testing/make-entry.ts'

/** What a scorer of this folder says about one output. */
export async function judge(scorer: Scorer, output: unknown, expected?: unknown): Promise<ScoreDetails> {
  return judgeSample(scorer, { output, expected })
}

/** What a scorer says about a sample of which only `parts` matter. */
export async function judgeSample(scorer: Scorer, parts: Partial<ScorerInput>): Promise<ScoreDetails> {
  const result = await scorer.score({
    input: 'question',
    output: undefined,
    expected: undefined,
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
    ...parts,
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

/** The value of a scorer's metric over samples that it has judged, as `[output, expected]`. */
export async function metricOf(
  scorer: Scorer,
  metric: string,
  samples: readonly (readonly [output: unknown, expected: unknown])[],
): Promise<unknown> {
  const records = await Promise.all(
    samples.map(async ([output, expected]) => {
      const { value, ...details } = await judge(scorer, output, expected)
      return makeRecord({ scores: { [scorer.name]: { value: value === null ? null : Number(value), ...details } } })
    }),
  )
  const estimate = await scorer.metrics?.find(({ name }) => name === metric)?.compute(records)
  return typeof estimate === 'object' ? estimate?.value : estimate
}
