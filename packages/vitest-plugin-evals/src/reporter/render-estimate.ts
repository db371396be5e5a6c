import { evalKey, type EvalEstimate, type ExpectedTotal, type ExpectedUse, type Variant } from '@evals/core'
import pc from 'picocolors'
import { formatCompact, formatDuration, formatFigure, formatInteger, formatUsd } from './format.ts'

/** An eval and variant with what it is expected to take. */
export interface EstimatedEval {
  readonly eval: string
  readonly variant: Variant
  /** Samples × epochs of the whole eval. */
  readonly planned: number
  /** Samples a second in the pilot; 0 where none ran. */
  readonly samplesPerSecond: number
  readonly estimate: EvalEstimate
}

/** What there is to tell after a pilot. */
export interface EstimateReport {
  readonly evals: readonly EstimatedEval[]
  /** Where the pilot's records are, for people. */
  readonly location: string
  readonly warnings: readonly string[]
}

/** The estimate as text for a terminal. */
export function renderEstimate({ evals, location, warnings }: EstimateReport): string {
  const notes = [...evals.flatMap(cacheNote), ...warnings].map((note) => pc.yellow(` ! ${note}`))
  return [
    '',
    ` ${pc.bold('Estimate')}  of the whole run from a pilot · 95 % intervals`,
    ...evals.flatMap((one) => ['', ...renderEval(one)]),
    ...(evals.length > 1 ? ['', ...renderAll(evals)] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    pc.dim(` ${location}`),
    '',
    '',
  ].join('\n')
}

function renderEval({ eval: key, variant, planned, samplesPerSecond, estimate }: EstimatedEval): string[] {
  const name = evalKey(key, variant)
  const { samples, unscored, total, models, timeMs } = estimate
  if (samples === 0) {
    return [pc.red(` ✗ ${name}: none of the ${count(unscored, 'sample')} of the pilot was scored: nothing can be said`)]
  }
  const left = unscored === 0 ? '' : `, without ${formatInteger(unscored)} of it that were not scored`
  const rate = pc.dim(` at the pilot's ${formatFigure(samplesPerSecond)} samples/s`)
  return [
    ` ${pc.bold(name)}  ${count(planned, 'sample')}, from a pilot of ${formatInteger(samples + unscored)}${left}`,
    ...(total.calls.value === 0
      ? [line('calls', 'none was measured: tokens and cost are unknown')]
      : renderUse(estimate)),
    ...(timeMs === null ? [] : [line('time', withInterval(timeMs, formatDuration) + rate)]),
    ...(models.length > 1 ? models.map((use) => `   ${use.model} (${use.purpose}): ${shortUse(use)}`) : []),
  ]
}

function renderUse({ total, models }: EvalEstimate): string[] {
  const { calls, inputTokens, outputTokens, costUsd } = total
  const unpriced = [...new Set(models.filter((use) => use.costUsd === null).map(({ model }) => model))]
  return [
    line('calls', withInterval(calls, formatCount)),
    line('input', inputTokens === null ? 'not reported' : withInterval(inputTokens, formatCount, ' tokens')),
    line('output', outputTokens === null ? 'not reported' : withInterval(outputTokens, formatCount, ' tokens')),
    line(
      'cost',
      costUsd === null ? pc.yellow(`unknown: no price of ${unpriced.join(', ')}`) : withInterval(costUsd, formatUsd),
    ),
  ]
}

/** The sum of independent totals; its interval is as wide as the root of the sum of theirs squared. */
function renderAll(evals: readonly EstimatedEval[]): string[] {
  const sumOf = (pick: (use: ExpectedUse) => ExpectedTotal | null): ExpectedTotal | null => {
    const totals = evals.map(({ estimate }) => (estimate.samples === 0 ? null : pick(estimate.total)))
    return totals.every((total) => total !== null) ? addTotals(totals) : null
  }
  const figures: [string, ExpectedTotal | null, (value: number) => string, unit?: string][] = [
    ['calls', sumOf(({ calls }) => calls), formatCount],
    ['input', sumOf(({ inputTokens }) => inputTokens), formatCount, ' tokens'],
    ['output', sumOf(({ outputTokens }) => outputTokens), formatCount, ' tokens'],
    ['cost', sumOf(({ costUsd }) => costUsd), formatUsd],
  ]
  const planned = evals.reduce((sum, one) => sum + one.planned, 0)
  return [
    ` ${pc.bold('All')}  ${count(planned, 'sample')}`,
    ...figures.map(([name, total, ...format]) =>
      line(name, total === null ? 'unknown' : withInterval(total, ...format)),
    ),
  ]
}

function addTotals(totals: readonly ExpectedTotal[]): ExpectedTotal {
  const value = totals.reduce((sum, total) => sum + total.value, 0)
  const intervals = totals.flatMap(({ interval }) => interval ?? [])
  if (intervals.length === 0) return { value, interval: null }
  const half = Math.hypot(...intervals.map(({ lower, upper }) => (upper - lower) / 2))
  return { value, interval: { lower: Math.max(0, value - half), upper: value + half } }
}

function shortUse({ calls, inputTokens, outputTokens, costUsd }: ExpectedUse): string {
  const tokens = [inputTokens, outputTokens].map((total) => (total === null ? '–' : formatCount(total.value)))
  const cost = costUsd === null ? 'price unknown' : withInterval(costUsd, formatUsd)
  return `${formatCount(calls.value)} calls, ${tokens.join(' + ')} tokens, ${cost}`
}

function cacheNote({ eval: key, variant, estimate: { cachedShare } }: EstimatedEval): string[] {
  if (cachedShare === 0) return []
  const share = `${Math.max(1, Math.round(cachedShare * 100))} %`
  return [
    `${evalKey(key, variant)}: ${share} of the pilot's calls were answered by the cache, at once and for nothing. Calls that are not will take longer and cost more.`,
  ]
}

function withInterval({ value, interval }: ExpectedTotal, format: (value: number) => string, unit = ''): string {
  const shown = `${format(value)}${unit}`
  return interval === null ? shown : `${shown} (${format(interval.lower)} to ${format(interval.upper)})`
}

/** Exact as long as it is short. */
function formatCount(value: number): string {
  return value < 100_000 ? formatInteger(Math.round(value)) : formatCompact(value)
}

function count(number: number, what: string): string {
  return `${formatInteger(number)} ${what}${number === 1 ? '' : 's'}`
}

function line(name: string, text: string): string {
  return `   ${name.padEnd(8)}${text}`
}
