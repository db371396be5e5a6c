import { evalKey, type EvalEstimate, type ExpectedTotal, type ExpectedUse, type Variant } from '@evals/core'
import pc from 'picocolors'
import { formatCompact, formatDuration, formatInteger, formatRate, formatUsd, plural } from './format.ts'
import { noIntervals, showTotal, spreadOf, type Spread } from './show-total.ts'

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
    return [
      pc.red(` ✗ ${name}: none of the ${plural(unscored, 'sample')} of the pilot was scored: nothing can be said`),
    ]
  }
  const left = unscored === 0 ? '' : `, without ${formatInteger(unscored)} of it that were not scored`
  const rate = pc.dim(` at the pilot's ${formatRate(samplesPerSecond, ' samples')}`)
  const spread = spreadOf(estimate)
  return [
    ` ${pc.bold(name)}  ${plural(planned, 'sample')}, from a pilot of ${formatInteger(samples + unscored)}${left}`,
    ...(total.calls.value === 0
      ? [line('calls', 'none was measured: tokens and cost are unknown')]
      : renderUse(estimate)),
    ...(timeMs === null ? [] : [line('time', showTotal(timeMs, { format: formatDuration, spread }) + rate)]),
    ...(models.length > 1 ? models.map((use) => `   ${use.model} (${use.purpose}): ${shortUse(use, spread)}`) : []),
    ...(spread === 'equal' ? [] : [pc.dim(`   ${noIntervals[spread]}`)]),
  ]
}

interface Figure {
  readonly name: string
  readonly totalOf: (use: ExpectedUse) => ExpectedTotal | null
  readonly format: (value: number) => string
  readonly unit?: string
}

/** What is told of the use of models, a line each. */
const figures: readonly Figure[] = [
  { name: 'calls', totalOf: ({ calls }) => calls, format: formatCount },
  { name: 'input', totalOf: ({ inputTokens }) => inputTokens, format: formatCount, unit: ' tokens' },
  { name: 'output', totalOf: ({ outputTokens }) => outputTokens, format: formatCount, unit: ' tokens' },
  { name: 'cost', totalOf: ({ costUsd }) => costUsd, format: formatUsd },
]

function renderUse(estimate: EvalEstimate): string[] {
  const { total, models } = estimate
  const spread = spreadOf(estimate)
  const unpriced = [...new Set(models.filter((use) => use.costUsd === null).map(({ model }) => model))]
  return figures.map(({ name, totalOf, format, unit }) => {
    const found = totalOf(total)
    if (found !== null) return line(name, showTotal(found, { format, spread, unit }))
    return line(name, name === 'cost' ? pc.yellow(`unknown: no price of ${unpriced.join(', ')}`) : 'not reported')
  })
}

/** The sum of independent totals; its interval is as wide as the root of the sum of theirs squared. */
function renderAll(evals: readonly EstimatedEval[]): string[] {
  // The spread of one of them is unknown, and so is that of the sum.
  const unknown = evals.map(({ estimate }) => spreadOf(estimate)).find((spread) => spread !== 'equal')
  const planned = evals.reduce((sum, one) => sum + one.planned, 0)
  return [
    ` ${pc.bold('All')}  ${plural(planned, 'sample')}`,
    ...figures.map(({ name, totalOf, format, unit }) => {
      const totals = evals.map(({ estimate }) => (estimate.samples === 0 ? null : totalOf(estimate.total)))
      if (!totals.every((total) => total !== null)) return line(name, 'unknown')
      const sum = addTotals(totals)
      const known = unknown === undefined ? sum : { ...sum, interval: null }
      return line(name, showTotal(known, { format, unit, spread: unknown ?? 'equal' }))
    }),
  ]
}

function addTotals(totals: readonly ExpectedTotal[]): ExpectedTotal {
  const value = totals.reduce((sum, total) => sum + total.value, 0)
  const intervals = totals.flatMap(({ interval }) => interval ?? [])
  if (intervals.length === 0) return { value, interval: null }
  const half = Math.hypot(...intervals.map(({ lower, upper }) => (upper - lower) / 2))
  return { value, interval: { lower: Math.max(0, value - half), upper: value + half } }
}

function shortUse({ calls, inputTokens, outputTokens, costUsd }: ExpectedUse, spread: Spread): string {
  const tokens = [inputTokens, outputTokens].map((total) => (total === null ? '–' : formatCount(total.value)))
  const cost = costUsd === null ? 'price unknown' : showTotal(costUsd, { format: formatUsd, spread })
  return `${formatCount(calls.value)} calls, ${tokens.join(' + ')} tokens, ${cost}`
}

function cacheNote({ eval: key, variant, estimate: { cachedShare } }: EstimatedEval): string[] {
  if (cachedShare === 0) return []
  const share = `${Math.max(1, Math.round(cachedShare * 100))} %`
  return [
    `${evalKey(key, variant)}: ${share} of the pilot's calls were answered by the cache, at once and for nothing. Calls that are not will take longer and cost more.`,
  ]
}

/** Exact as long as it is short. */
function formatCount(value: number): string {
  return value < 100_000 ? formatInteger(Math.round(value)) : formatCompact(value)
}

function line(name: string, text: string): string {
  return `   ${name.padEnd(8)}${text}`
}
