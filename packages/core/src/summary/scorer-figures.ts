import { rangeOf, storedRange } from '../scoring/read-scorer-result.ts'
import type { Estimate } from '../stats/estimate.ts'
import { minimumDetectableDifference } from '../stats/power.ts'
import { clusterNames } from './cluster-names.ts'
import { estimateDeclared, type Declared } from './estimate-declared.ts'
import type { ScorerSummary } from './eval-summary.ts'
import type { GatheredColumn, GatheredScores } from './gather-scores.ts'
import type { ScoreColumn } from './score-column.ts'

/** Mean, interval and counts of one scorer. */
export function scorerFigures(gathered: GatheredColumn, scores: GatheredScores): ScorerSummary {
  const { scale, column, counts } = gathered
  const { samples, clusterAt } = scores
  const positions = [...column.scored()]
  const values = positions.map((position) => column.scoreAt(position)!)
  const { kind = column.onlyBooleans ? 'binary' : 'graded', direction = 'higher' } = scale
  const range = rangeOf({ ...scale, kind })
  const clusters = clusterNames(positions, clusterAt)
  // Means of several epochs are shares of successes, for which no Wilson interval is defined.
  const estimate = estimateDeclared(values, { kind: column.repeated ? 'graded' : kind, range, clusters })
  const sum = values.reduce((total, value) => total + value, 0)
  const unscoredEpochs = positions.reduce((total, at) => total + scores.epochsAt(at) - column.epochsAt(at), 0)
  return {
    n: values.length,
    ...meanFigures(estimate, { sum, range }),
    kind,
    ...(scale.kind === undefined ? { kindGuessed: true } : {}),
    direction,
    range: storedRange(range),
    ...(clusters === undefined ? {} : { clusters: new Set(clusters).size }),
    unscored: samples - values.length,
    ...(unscoredEpochs > 0 ? { unscoredEpochs } : {}),
    ...counts,
    ...boundsOf(column, scores, range),
    ...(estimate?.note === undefined ? {} : { note: estimate.note }),
  }
}

function meanFigures(
  estimate: Estimate | null,
  { sum, range: [least, greatest] }: Pick<Declared, 'range'> & { readonly sum: number },
): Pick<ScorerSummary, 'mean' | 'stderr' | 'ci' | 'method' | 'level'> {
  if (estimate === null) return { mean: null, stderr: null, ci: null, method: null, level: null }
  const { value, n, stderr = null, interval = null } = estimate
  // Whole numbers add up exactly, where a running mean makes 0.7999999999999999 of eight in ten. A sum that was rounded to
  // a whole number may give a mean above all values.
  const exact = sum / n
  const mean = Number.isInteger(sum) && exact >= least && exact <= greatest ? exact : value
  if (interval === null) return { mean, stderr, ci: null, method: null, level: null }
  const { lower, upper, method, level } = interval
  return { mean, stderr, ci: [lower, upper], method, level }
}

/**
 * The least difference of this mean to that of a later run which a paired comparison of the same samples finds with
 * probability 0.8, if the scores of both runs have nothing to do with each other and spread alike: ψ = 2p(1 − p) after
 * one pair was added either way as `compare` does, or V = 2s². Answers of related versions mostly agree, and then
 * smaller differences are seen.
 *
 * @param tests how many scorers are tested together (α = 0.05 / tests)
 * @returns `null` where n is too small for any difference that is possible, or no spread is known
 */
export function detectableDifference(figures: ScorerSummary, tests: number): number | null {
  const { n, mean, stderr, method, clusters: units = n } = figures
  if (mean === null || stderr === null || units < 2) return null
  const alpha = 0.05 / tests
  if (method === 'wilson') {
    const different = 2 * mean * (1 - mean) * n
    return minimumDetectableDifference({ n, discordant: (different + 2) / (n + 2), alpha })
  }
  if (stderr === 0) return null
  const design = { differenceVariance: 2 * stderr ** 2 * units, degreesOfFreedom: units - 1 }
  // All signs of u units agree in 2 of 2ᵘ patterns: no p-value of theirs is lower.
  if (units < 1 - Math.log2(alpha)) return null
  const [least, greatest] = figures.range
  const detectable = minimumDetectableDifference({ ...design, n: units, alpha })
  return detectable !== null && detectable <= (greatest ?? Infinity) - (least ?? -Infinity) ? detectable : null
}

/** The mean if every epoch, and every sample, without a score had got the least, or the greatest, possible one. */
function boundsOf(
  column: ScoreColumn,
  { samples, epochsAt }: Pick<GatheredScores, 'samples' | 'epochsAt'>,
  [least, greatest]: Declared['range'],
): Pick<ScorerSummary, 'bounds'> {
  let [sum, lacking] = [0, 0]
  for (let position = 0; position < samples; position++) {
    const scored = column.epochsAt(position) / epochsAt(position)
    sum += (column.scoreAt(position) ?? 0) * scored
    lacking += 1 - scored
  }
  if (lacking === 0 || !Number.isFinite(least) || !Number.isFinite(greatest)) return {}
  return { bounds: [(sum + lacking * least) / samples, (sum + lacking * greatest) / samples] }
}
