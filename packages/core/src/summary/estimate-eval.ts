import type { Interval } from '../stats/estimate.ts'
import { momentsOf, type Moments } from '../stats/running-moments.ts'
import { useKey, type ModelUse } from './model-use.ts'
import type { SampleResult } from './sample-result.ts'

/** An expected total with its 95 % interval; `null` where none is defined, as of one sample or of equal ones. */
export interface ExpectedTotal {
  readonly value: number
  readonly interval: Pick<Interval, 'lower' | 'upper'> | null
}

/** What a whole eval is expected to use; `null` where it is unknown: that is never 0. */
export interface ExpectedUse {
  readonly calls: ExpectedTotal
  readonly inputTokens: ExpectedTotal | null
  readonly outputTokens: ExpectedTotal | null
  readonly costUsd: ExpectedTotal | null
}

/** What the pilot of an estimate has measured besides its results. */
export interface PilotTimes {
  /** From the start of its first sample to the end of its last one. */
  readonly elapsedMs: number
  /** Of the time of one sample, in ms. */
  readonly sampleMs: Moments
}

/** What a whole eval and variant is expected to take, from a pilot of some of its samples. */
export interface EvalEstimate {
  /** Samples of the pilot that were scored: those the estimate is made of. */
  readonly samples: number
  /** Samples of the pilot that were not. */
  readonly unscored: number
  /** Its calls were shared by the samples of a batch, so that nothing is known of how they vary. */
  readonly batched: boolean
  /** Share of the pilot's calls that the response cache answered, from 0 to 1. */
  readonly cachedShare: number
  readonly total: ExpectedUse
  readonly models: readonly (ExpectedUse & Pick<ModelUse, 'model' | 'purpose'>)[]
  /** `null` where nothing was measured. */
  readonly timeMs: ExpectedTotal | null
}

type Intervals = (moments: Moments) => Interval | null

/**
 * Extrapolates a pilot: the mean per sample times the planned samples, with Student's t interval of that mean. The time
 * is that at the pilot's rate, with the relative spread of the time of one sample.
 * @param planned samples × epochs of the whole eval
 */
export async function estimateEval(
  results: Iterable<SampleResult>,
  { planned, times }: { planned: number; times: PilotTimes },
): Promise<EvalEstimate> {
  // Loaded here because few runs estimate.
  const { tInterval } = await import('../stats/t-interval.ts')
  const all = [...results]
  const samples = all.filter(({ outcome }) => outcome === 'scored').map(({ models = [] }) => models)
  const uses = samples.flat()
  // Samples of a batch have equal parts of its calls and its time, which says nothing of how batches differ.
  const isShared = uses.some(({ calls }) => !Number.isInteger(calls))
  const extrapolation: Extrapolation = { planned, intervals: isShared ? () => null : tInterval }
  const extrapolate = (perSample: readonly (readonly ModelUse[])[]): ExpectedUse =>
    expectedUse(perSample, extrapolation)
  const byModel = Map.groupBy(uses, useKey)
  const calls = uses.reduce((sum, use) => sum + use.calls, 0)
  const cached = uses.reduce((sum, use) => sum + (use.cached ?? 0), 0)
  return {
    samples: samples.length,
    unscored: all.length - samples.length,
    batched: isShared,
    cachedShare: calls === 0 ? 0 : cached / calls,
    total: extrapolate(samples),
    models: [...byModel].map(([key, [{ model, purpose } = uses[0]!]]) => ({
      model,
      purpose,
      ...extrapolate(samples.map((sample) => sample.filter((use) => useKey(use) === key))),
    })),
    timeMs: expectedTime(times, extrapolation),
  }
}

interface Extrapolation {
  readonly planned: number
  readonly intervals: Intervals
}

function expectedUse(samples: readonly (readonly ModelUse[])[], extrapolation: Extrapolation): ExpectedUse {
  const uses = samples.flat()
  const isPriced = uses.length > 0 && uses.every(({ costUsd }) => costUsd !== undefined)
  const tokens = (field: 'inputTokens' | 'outputTokens'): ExpectedTotal | null =>
    uses.every(({ usage }) => usage[field] === undefined)
      ? null
      : expectedTotal(samples, ({ usage }) => usage[field] ?? 0, extrapolation)
  return {
    calls: expectedTotal(samples, ({ calls }) => calls, extrapolation),
    inputTokens: tokens('inputTokens'),
    outputTokens: tokens('outputTokens'),
    costUsd: isPriced ? expectedTotal(samples, ({ costUsd = 0 }) => costUsd, extrapolation) : null,
  }
}

function expectedTotal(
  samples: readonly (readonly ModelUse[])[],
  valueOf: (use: ModelUse) => number,
  { planned, intervals }: Extrapolation,
): ExpectedTotal {
  const moments = momentsOf(samples.map((uses) => uses.reduce((sum, use) => sum + valueOf(use), 0)))
  return { value: (moments.mean ?? 0) * planned, interval: scale(intervals(moments), planned) }
}

function expectedTime(
  { elapsedMs, sampleMs }: PilotTimes,
  { planned, intervals }: Extrapolation,
): ExpectedTotal | null {
  const { n, mean } = sampleMs
  if (n === 0 || mean === null) return null
  const value = (elapsedMs / n) * planned
  return { value, interval: mean === 0 ? null : scale(intervals(sampleMs), value / mean) }
}

/** A t interval of what cannot be negative may reach below 0. */
function scale(interval: Interval | null, factor: number): ExpectedTotal['interval'] {
  return interval === null ? null : { lower: Math.max(0, interval.lower) * factor, upper: interval.upper * factor }
}
