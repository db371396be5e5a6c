import { EvalsError } from '../../errors.ts'
import { rangeOf, readScorerResult } from '../../scoring/read-scorer-result.ts'
import type { Scorer, ScorerInput } from '../../scoring/scorer.ts'
import { cohenKappa } from '../../stats/cohen-kappa.ts'
import type { Estimate } from '../../stats/estimate.ts'
import { meanEstimate } from '../../stats/mean-estimate.ts'
import { RunningMoments } from '../../stats/running-moments.ts'

/** A sample of which people have said whether it is good. */
export interface LabelledSample extends Partial<Omit<ScorerInput, 'signal'>> {
  readonly output: unknown
  /** True: it passes. */
  readonly label: boolean
}

/** How {@link calibrate} reads scores and asks for them. */
export interface CalibrateOptions {
  /** Whether a score says that the sample passes. Default for a binary scorer: the better of its two values. */
  readonly passes?: (score: number) => boolean
  /** Confidence level of the intervals. Default 0.95. */
  readonly level?: number
  readonly signal?: AbortSignal
}

/** How far a judge can be trusted: its verdicts against labels. `null`: nothing to compute it from. */
export interface Calibration {
  /** Labelled samples with a verdict. */
  readonly n: number
  /** Those of which the judge gave none; they are in no figure. */
  readonly unscored: number
  readonly counts: Readonly<Record<'truePass' | 'falsePass' | 'trueFail' | 'falseFail', number>>
  /** Share of right verdicts. */
  readonly accuracy: Estimate | null
  /** Of the samples that pass, the share that the judge passes. */
  readonly sensitivity: Estimate | null
  /** Of the samples that fail, the share that the judge fails. */
  readonly specificity: Estimate | null
  /** Cohen's κ of judge and labels. */
  readonly kappa: number | null
  /** The pairs behind the figures, in order. */
  readonly pairs: readonly { readonly label: boolean; readonly passed: boolean }[]
}

/**
 * Compares a judge with labels by people. With the result, `correctedPassRate` says what the judge's pass rate on other
 * samples means. The intervals are Wilson's.
 *
 * @param judge a scorer, of a model or not
 * @param labelled outputs with their labels; what the judge looks at besides, such as `input`, is given with them
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for a graded judge without `passes`; whatever the judge throws
 * @example
 * const trust = await calibrate(polite, [{ input, output: 'Get lost.', label: false }, …])
 */
export async function calibrate(
  judge: Scorer,
  labelled: readonly LabelledSample[],
  options: CalibrateOptions = {},
): Promise<Calibration> {
  const { passes = betterOfTwo(judge) } = options
  const controller = new AbortController()
  const signal = options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal])
  let scores: (number | null)[]
  try {
    // All at once: models' calls wait for their limiter.
    scores = await Promise.all(labelled.map((sample) => scoreOf(judge, sample, signal)))
  } catch (error) {
    controller.abort(error)
    throw error
  }
  const verdicts = scores.map((score) => (score === null ? null : passes(score)))
  const pairs = labelled.flatMap(({ label }, index) => {
    const passed = verdicts[index]!
    return passed === null ? [] : [{ label, passed }]
  })
  const count = (label: boolean, passed: boolean): number =>
    pairs.filter((pair) => pair.label === label && pair.passed === passed).length
  const counts = {
    truePass: count(true, true),
    falsePass: count(false, true),
    trueFail: count(false, false),
    falseFail: count(true, false),
  }
  const { truePass, falsePass, trueFail, falseFail } = counts
  return {
    n: pairs.length,
    unscored: labelled.length - pairs.length,
    counts,
    accuracy: shareOf(truePass + trueFail, pairs.length, options),
    sensitivity: shareOf(truePass, truePass + falseFail, options),
    specificity: shareOf(trueFail, trueFail + falsePass, options),
    kappa: cohenKappa(
      pairs.map(({ label }) => Number(label)),
      pairs.map(({ passed }) => Number(passed)),
    ),
    pairs,
  }
}

function betterOfTwo(judge: Scorer): (score: number) => boolean {
  if (judge.kind !== 'binary') {
    throw new EvalsError(
      'EVALS_STATISTIC_INVALID',
      `calibrate(): the scorer "${judge.name}" is not binary. Say which scores pass: { passes: (score) => score >= 4 }.`,
      { details: { scorer: judge.name } },
    )
  }
  const [least, greatest] = rangeOf(judge)
  return (score) => score === (judge.direction === 'lower' ? least : greatest)
}

async function scoreOf(
  judge: Scorer,
  { label: _label, ...sample }: LabelledSample,
  signal: AbortSignal,
): Promise<number | null> {
  const none = { input: undefined, expected: undefined, metadata: {}, tags: [], calls: [], trace: [], usage: {} }
  const result = await judge.score({ ...none, costUsd: null, durationMs: 0, epoch: 0, variant: {}, ...sample, signal })
  return readScorerResult(result, judge)[0]?.[1].value ?? null
}

function shareOf(successes: number, n: number, options: CalibrateOptions): Estimate | null {
  const moments = new RunningMoments()
  for (let trial = 0; trial < n; trial++) moments.add(trial < successes ? 1 : 0)
  const { stderr } = moments
  return meanEstimate({ kind: 'binary', n, mean: n === 0 ? null : successes / n, stderr }, options)
}
