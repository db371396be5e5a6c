import { evalKey, type EvalResults, type EvalSummary, type SampleResult, type ScorerSummary } from '@evals/core'
import { countBins, drawDistribution, drawInterval, type ChartGlyphs } from '../terminal/charts.ts'
import { oneLine } from '../terminal/one-line.ts'
import { renderTable } from '../terminal/table.ts'

const { formatDuration, formatFigure, shortNames, textWidth } = await import('vitest-plugin-evals/cli')

const barWidth = 25
const bins = 12

/** What charts are drawn with, and how much room there is for them. */
interface ChartSettings {
  readonly glyphs: ChartGlyphs
  /** In columns. */
  readonly width: number
}

const columns = [
  { name: 'eval' },
  { name: 'scorer' },
  { name: 'mean with interval' },
  { name: 'scores' },
  { name: 'time' },
]

/**
 * A row per scorer: its mean and interval on the line of its range, how its scores are distributed where they are graded,
 * and how long the eval's tasks took. Nothing where it does not fit.
 */
export function renderScoreCharts(
  evals: readonly EvalSummary[],
  results: ReadonlyMap<string, EvalResults>,
  { glyphs, width }: ChartSettings,
): string {
  const names = shortNames(evals)
  const rows = evals.flatMap(({ eval: name, variant, scorers }, position) => {
    const stored = results.get(evalKey(name, variant))?.results.values() ?? []
    const scored = [...stored].filter(({ outcome }) => outcome === 'scored')
    return Object.entries(scorers).map(([scorer, summary], index) => [
      index === 0 ? oneLine(evalKey(names[position] ?? name, variant)) : '',
      oneLine(scorer),
      meanOf(summary, glyphs),
      summary.kind === 'binary' ? '' : scoresOf(scored, scorer, glyphs),
      index === 0 ? timeOf(scored, glyphs) : '',
    ])
  })
  // Without width the distributions are the first to go.
  return draw(rows, [2, 3, 4], width) ?? draw(rows, [2], width) ?? ''
}

/** @param charts the columns besides the names; undefined if they are empty or do not fit */
function draw(rows: readonly (readonly string[])[], charts: readonly number[], width: number): string | undefined {
  const filled = charts.filter((column) => rows.some((row) => row[column] !== ''))
  if (filled.length === 0) return undefined
  const kept = [0, 1, ...filled]
  const table = renderTable(
    kept.map((column) => columns[column]!),
    rows.map((row) => kept.map((column) => row[column]!)),
    width,
  )
  return table.split('\n').some((line) => textWidth(line) > width) ? undefined : table
}

/** Where a side of the range is open there is no line to draw on; a document of an earlier version has no range. */
function meanOf({ mean = null, ci = null, range }: Partial<ScorerSummary>, glyphs: ChartGlyphs): string {
  const [from, to] = range ?? [null, null]
  if (mean === null || from === null || to === null || from >= to) return ''
  const bar = drawInterval({ from, to, value: mean, interval: ci, width: barWidth }, glyphs)
  return `${formatFigure(from)} ${bar} ${formatFigure(to)}`
}

function scoresOf(scored: readonly SampleResult[], scorer: string, glyphs: ChartGlyphs): string {
  const values = scored.map(({ scores }) => scores[scorer]).filter((score) => typeof score === 'number')
  return distribution(values, glyphs, formatFigure)
}

function timeOf(scored: readonly SampleResult[], glyphs: ChartGlyphs): string {
  const times = scored.map(({ durationMs }) => durationMs)
  return distribution(times, glyphs, formatDuration)
}

/** `0 ▁▂█▁ 1`: from the least to the greatest value. */
function distribution(values: readonly number[], glyphs: ChartGlyphs, format: (value: number) => string): string {
  const from = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const to = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  // All values are equal, or there is none.
  if (!(from < to)) return ''
  return `${format(from)} ${drawDistribution(countBins(values, { from, to, bins }), glyphs)} ${format(to)}`
}
