import { EvalsError } from '../errors.ts'
import { didYouMean } from '../near-names.ts'
import type { Estimate } from '../stats/estimate.ts'
import { withoutUndefined } from '../without-undefined.ts'
import type { EvalSummary, ScorerDeclaration, ScorerSummary, ThresholdVerdict } from './eval-summary.ts'

/** A bound on one figure. */
export interface Bound {
  readonly atLeast?: number
  readonly atMost?: number
}

/**
 * Bounds on an eval's figures: `{ exactMatch: 0.8 }` bounds the mean; `{ exactMatch: { ciLower: 0.75 } }` another figure
 * of the scorer; `costUsd` (`total`, `mean`) and `latencyMs` (`p50`, `p95`, `p99`) are reserved names. A bare number is
 * *at least*, or *at most* where lower is better.
 */
export type Thresholds = Readonly<Record<string, number | Readonly<Record<string, number | Bound>>>>

/** One bound, ready to be judged. */
export interface Threshold extends Bound {
  /** A scorer's name, `costUsd` or `latencyMs`. */
  readonly subject: string
  readonly figure: string
  /** For example `exactMatch mean ≥ 0.8`; the same in every run. */
  readonly title: string
}

const reserved: Readonly<Record<string, readonly string[]>> = {
  costUsd: ['total', 'mean'],
  latencyMs: ['p50', 'p95', 'p99'],
}

/**
 * The single bounds in an eval's `thresholds`.
 * @throws EvalsError `EVALS_THRESHOLD_INVALID`
 */
export function readThresholds(thresholds: Thresholds, scorers: readonly ScorerDeclaration[]): Threshold[] {
  return Object.entries(thresholds).flatMap(([subject, given]) => {
    const figures = isReserved(subject) ? reserved[subject] : undefined
    if (typeof given === 'number') {
      if (figures === undefined) return [readBound({ subject, figure: 'mean', bound: given }, scorers)]
      throw invalid(`\`${subject}: ${given}\` does not say of what. Write ${subject}: { ${figures[0]}: ${given} }.`)
    }
    if (typeof given !== 'object' || given === null)
      throw invalid(`\`${subject}\` is no number and no { figure: bound }.`)
    return Object.entries(given).map(([figure, bound]) => {
      if (figures === undefined || figures.includes(figure)) return readBound({ subject, figure, bound }, scorers)
      throw invalid(`\`${subject}\` has no "${figure}". It has ${figures.join(', ')}.`)
    })
  })
}

function readBound(
  { subject, figure, bound }: { subject: string; figure: string; bound: number | Bound },
  scorers: readonly ScorerDeclaration[],
): Threshold {
  const lowerIsBetter = isReserved(subject) || scorers.find(({ name }) => name === subject)?.direction === 'lower'
  const { atLeast, atMost, ...unknown } =
    typeof bound === 'number' ? (lowerIsBetter ? { atMost: bound } : { atLeast: bound }) : (bound ?? {})
  const given = [atLeast, atMost].filter((value) => value !== undefined)
  if (given.length === 0 || !given.every(Number.isFinite) || Object.keys(unknown).length > 0) {
    throw invalid(`\`${subject}.${figure}\` must be a number, or { atLeast, atMost } with at least one of the two.`)
  }
  const bounds = [atLeast === undefined ? [] : [`≥ ${atLeast}`], atMost === undefined ? [] : [`≤ ${atMost}`]].flat()
  return withoutUndefined({ subject, figure, title: `${subject} ${figure} ${bounds.join(' and ')}`, atLeast, atMost })
}

/**
 * Judges one threshold on an eval's figures.
 * @throws EvalsError `EVALS_THRESHOLD_INVALID` for a scorer or figure the eval does not have
 */
export function judgeThreshold(threshold: Threshold, summary: EvalSummary): ThresholdVerdict {
  const { value, found } = findFigure(threshold, summary)
  const { atLeast, atMost, title } = threshold
  if (value === null) return { threshold: title, passed: false, value, message: `${title}: ${found}` }
  // Eight of ten add up to 0.7999999999999999 where they are added one by one; a bound met exactly must hold.
  const slack = (bound: number): number => 1e-12 * Math.max(1, Math.abs(bound))
  const passed =
    (atLeast === undefined || value >= atLeast - slack(atLeast)) &&
    (atMost === undefined || value <= atMost + slack(atMost))
  return { threshold: title, passed, value, message: `${title}: ${passed ? 'holds' : 'missed'}, found ${found}` }
}

function findFigure({ subject, figure }: Threshold, summary: EvalSummary): { value: number | null; found: string } {
  if (isReserved(subject)) {
    const figures: Readonly<Record<string, number>> | null = subject === 'costUsd' ? summary.costUsd : summary.latencyMs
    const value = figures?.[figure] ?? null
    const why =
      subject === 'costUsd' ? 'the cost of some call is unknown, or no model was called' : 'no sample was scored'
    return { value, found: value === null ? why : formatFigure(value) }
  }
  const scorer = Object.hasOwn(summary.scorers, subject) ? summary.scorers[subject] : undefined
  if (scorer === undefined) {
    const known = [...Object.keys(summary.scorers), ...Object.keys(reserved)]
    throw invalid(`The eval has no score named "${subject}". It has ${known.join(', ')}.${didYouMean(subject, known)}`)
  }
  return findScorerFigure({ subject, figure }, scorer)
}

function findScorerFigure(
  { subject, figure }: Pick<Threshold, 'subject' | 'figure'>,
  scorer: ScorerSummary,
): { value: number | null; found: string } {
  const metrics = scorer.metrics ?? {}
  if (Object.hasOwn(metrics, figure)) return ofMetric(metrics[figure]!)
  const figures: Record<string, number | null> = {
    mean: scorer.mean,
    ciLower: scorer.ci?.[0] ?? null,
    ciUpper: scorer.ci?.[1] ?? null,
  }
  const value = Object.hasOwn(figures, figure) ? figures[figure] : undefined
  if (value === undefined) {
    const known = [...Object.keys(figures), ...Object.keys(metrics)]
    throw invalid(
      `"${subject}" has no "${figure}". It has ${known.join(', ')}. A metric is absent where there was nothing to compute it from.`,
    )
  }
  if (value === null) return { value, found: scorer.note ?? `no sample has a score of "${subject}"` }
  const interval =
    scorer.ci === null
      ? ''
      : `, ${figure === 'mean' ? '' : `mean ${formatFigure(scorer.mean!)}, `}95 % interval ${scorer.ci.map(formatFigure).join(' to ')}`
  return { value, found: `${formatFigure(value)} (n ${scorer.n}${interval})` }
}

/** With its own n and interval: those of the mean are not of it. */
function ofMetric({ value, n, interval = null }: Estimate): { value: number; found: string } {
  const within =
    interval === null
      ? ''
      : `, ${formatFigure(interval.level * 100)} % interval ${formatFigure(interval.lower)} to ${formatFigure(interval.upper)}`
  return { value, found: `${formatFigure(value)} (n ${n}${within})` }
}

/** Not `in`: a scorer may be named like a method of every object. */
function isReserved(subject: string): boolean {
  return Object.hasOwn(reserved, subject)
}

function formatFigure(value: number): string {
  return String(Number(value.toPrecision(4))).replace(/^-/, '−')
}

function invalid(message: string): EvalsError {
  return new EvalsError('EVALS_THRESHOLD_INVALID', message)
}
