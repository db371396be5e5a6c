import { rangeOf } from '../scoring/read-scorer-result.ts'
import type { ScoreScale } from '../scoring/scorer.ts'
import { RunningMoments, type Moments } from '../stats/running-moments.ts'
import type { ScorerDeclaration, ScorerSummary } from './eval-summary.ts'
import type { ResultScore, SampleResult } from './sample-result.ts'

/** The scorers' figures over results; scores no declared scorer gave get a summary of their own. */
export async function summarizeScores(
  results: Iterable<SampleResult>,
  declared: readonly ScorerDeclaration[],
): Promise<Record<string, ScorerSummary>> {
  const columns = new Map(declared.map((scorer) => [scorer.name, new ScoreColumn(scorer)]))
  const samples = new Set<string>()
  for (const { id, scores, outcome } of results) {
    if (outcome === 'cancelled') continue
    samples.add(id)
    for (const [name, score] of Object.entries(scores)) {
      let column = columns.get(name)
      if (column === undefined) columns.set(name, (column = new ScoreColumn({})))
      column.add(id, score)
    }
  }
  // Loaded here because the distributions behind the intervals take a while to start, see `loadEstimates`.
  const { meanEstimate } = await import('../stats/mean-estimate.ts')
  return Object.fromEntries([...columns].map(([name, column]) => [name, column.summary(samples.size, meanEstimate)]))
}

/** Loads the distributions behind the intervals ahead of the first summary, for example while nothing else is to do. */
export async function loadEstimates(): Promise<void> {
  await import('../stats/mean-estimate.ts')
}

/** The scores one scorer gave, the epochs of a sample averaged. */
class ScoreColumn {
  readonly #scale: ScoreScale
  readonly #samples = new Map<string, { sum: number; epochs: number }>()
  readonly #counts = { notScored: 0, failed: 0, absent: 0 }
  #onlyBooleans = true
  #repeated = false

  constructor(scale: ScoreScale) {
    this.#scale = scale
  }

  add(id: string, score: ResultScore): void {
    if (score === null) this.#counts.notScored += 1
    else if (typeof score === 'string') this.#counts[score] += 1
    else {
      if (typeof score === 'number') this.#onlyBooleans = false
      const sample = this.#samples.get(id)
      if (sample === undefined) this.#samples.set(id, { sum: Number(score), epochs: 1 })
      else {
        sample.sum += Number(score)
        sample.epochs += 1
        this.#repeated = true
      }
    }
  }

  summary(samples: number, meanEstimate: typeof import('../stats/mean-estimate.ts').meanEstimate): ScorerSummary {
    const moments = this.#moments()
    const { kind = this.#onlyBooleans && moments.n > 0 ? 'binary' : 'graded', direction = 'higher' } = this.#scale
    // Means of several epochs are shares of successes, for which no Wilson interval is defined.
    const estimate = meanEstimate({ ...moments, kind: this.#repeated ? 'graded' : kind })
    const interval = estimate?.interval ?? null
    const [least, greatest] = rangeOf({ ...this.#scale, kind })
    return {
      n: moments.n,
      mean: estimate?.value ?? null,
      stderr: estimate?.stderr ?? null,
      // A mean lies in its scorer's range, so the part of a t interval outside says nothing.
      ci: interval === null ? null : [Math.max(least, interval.lower), Math.min(greatest, interval.upper)],
      method: interval?.method ?? null,
      level: interval?.level ?? null,
      kind,
      direction,
      unscored: samples - moments.n,
      ...this.#counts,
      ...boundsOf(moments, samples, { ...this.#scale, kind }),
      ...(estimate?.note === undefined ? {} : { note: estimate.note }),
    }
  }

  #moments(): Moments {
    const moments = new RunningMoments()
    let total = 0
    for (const { sum, epochs } of this.#samples.values()) {
      moments.add(sum / epochs)
      total += sum / epochs
    }
    const { n, stderr } = moments
    // Whole numbers add up exactly, where a running mean makes 0.7999999999999999 of eight in ten.
    return { n, mean: n > 0 && Number.isInteger(total) ? total / n : moments.mean, stderr }
  }
}

function boundsOf(moments: Moments, samples: number, scale: ScoreScale): { bounds?: [number, number] } {
  const unscored = samples - moments.n
  const [least, greatest] = rangeOf(scale)
  if (unscored <= 0 || !Number.isFinite(least) || !Number.isFinite(greatest)) return {}
  const sum = (moments.mean ?? 0) * moments.n
  return { bounds: [(sum + unscored * least) / samples, (sum + unscored * greatest) / samples] }
}
