import { variantLabel, type Estimate, type EvalSummary, type ScorerSummary } from '@evals/core'
import pc from 'picocolors'
import { drawTable, type TableColumn } from './draw-table.ts'
import { formatCompact, formatDuration, formatInteger, formatMean, formatUnscored, formatUsd } from './format.ts'

const nothing = '–'

/** One line of the table: a scorer, or a metric of one, of an eval or of the samples of it that carry a tag. */
interface Row {
  readonly summary: EvalSummary
  readonly name: string
  readonly scorer: ScorerSummary | undefined
  readonly scorerName: string
  /** The line shows this value of the scorer: its own metric's or a reducer's. */
  readonly metric?: { readonly name: string; readonly estimate: Estimate }
  /** The first line of the eval or the tag. */
  readonly first: boolean
  readonly tag?: string
}

interface Column extends TableColumn {
  cell(row: Row): string
}

const ofEval =
  (show: (summary: EvalSummary) => string) =>
  ({ summary, first, tag }: Row): string =>
    first && tag === undefined ? show(summary) : ''
const ofScorer =
  (show: (scorer: ScorerSummary) => string, showMetric: (estimate: Estimate) => string) =>
  ({ scorer, metric }: Row): string =>
    metric !== undefined ? showMetric(metric.estimate) : scorer === undefined ? nothing : show(scorer)

/** One line a column of the report. */
const columns: readonly Column[] = [
  {
    name: 'eval',
    align: 'left',
    cell: ({ name, first, tag }) => (first ? (tag === undefined ? name : pc.dim(`  #${tag}`)) : ''),
  },
  { name: 'variant', align: 'left', cell: ofEval(({ variant }) => variantLabel(variant)) },
  {
    name: 'scorer',
    align: 'left',
    cell: ({ scorerName, metric }) => (metric === undefined ? scorerName : `  ${metric.name}`),
  },
  { name: 'n', align: 'right', cell: ofScorer(renderN, renderN) },
  {
    name: 'mean',
    align: 'right',
    cell: ofScorer(
      ({ mean }) => (mean === null ? nothing : formatMean(mean)),
      ({ value }) => formatMean(value),
    ),
  },
  {
    name: '95 % interval',
    align: 'left',
    cell: ofScorer(
      ({ ci }) => renderInterval(ci),
      ({ interval = null }) => renderInterval(interval === null ? null : [interval.lower, interval.upper]),
    ),
  },
  { name: 'unscored', align: 'right', cell: ofScorer(renderUnscored, () => '') },
  { name: 'p50', align: 'right', cell: ofEval(({ latencyMs }) => renderLatency(latencyMs?.p50)) },
  { name: 'p95', align: 'right', cell: ofEval(({ latencyMs }) => renderLatency(latencyMs?.p95)) },
  { name: 'tokens', align: 'right', cell: ofEval(tokens) },
  {
    name: 'cost',
    align: 'right',
    cell: ofEval(({ costUsd }) => (costUsd === null ? nothing : formatUsd(costUsd.total))),
  },
  { name: 'thresholds', align: 'left', cell: marks },
]

/** The figures of all evals: a row per scorer, each with its metrics below it, and then the same for each tag. */
export function renderTable(evals: readonly EvalSummary[]): string {
  const names = shortNames(evals)
  const rows = evals
    .flatMap((summary, index) => rowsOf(summary, names[index] ?? summary.eval))
    .map((row) => columns.map(({ cell }) => cell(row)))
  // A column nobody has anything in only makes the table wider.
  const kept = columns.filter((_column, index) => rows.some((row) => row[index] !== '' && row[index] !== nothing))
  const cells = rows.map((row) => row.filter((_cell, index) => kept.includes(columns[index]!)))
  return drawTable(kept, cells).trimEnd()
}

function rowsOf(summary: EvalSummary, name: string): Row[] {
  const tagged = Object.entries(summary.tags ?? {}).flatMap(([tag, { scorers }]) =>
    scorerRows({ summary, name, tag }, scorers),
  )
  // An eval without scorers still has a row.
  if (Object.keys(summary.scorers).length === 0) {
    return [{ summary, name, scorerName: nothing, scorer: undefined, first: true }, ...tagged]
  }
  return [...scorerRows({ summary, name }, summary.scorers), ...tagged]
}

function scorerRows(of: Pick<Row, 'summary' | 'name' | 'tag'>, scorers: EvalSummary['scorers']): Row[] {
  return Object.entries(scorers).flatMap(([scorerName, scorer], index) => [
    { ...of, scorerName, scorer, first: index === 0 },
    ...Object.entries(scorer.metrics ?? {}).map(([name, estimate]) => ({
      ...of,
      scorerName,
      scorer,
      metric: { name, estimate },
      first: false,
    })),
  ])
}

function renderN({ n }: { readonly n: number }): string {
  return formatInteger(n)
}

function renderInterval(interval: readonly [lower: number, upper: number] | null): string {
  return interval?.map(formatMean).join(' to ') ?? nothing
}

function renderLatency(ms: number | undefined): string {
  return ms === undefined ? nothing : formatDuration(ms)
}

/** The verdicts on a scorer's figures stand in its row, those on cost, latency and unknown names in the first. */
function marks({ summary, scorerName, metric, first, tag }: Row): string {
  if (tag !== undefined || metric !== undefined) return ''
  const isOf = (threshold: string, name: string): boolean => threshold.startsWith(`${name} `)
  return summary.thresholds
    .filter(({ threshold }) => {
      const own = Object.keys(summary.scorers).find((name) => isOf(threshold, name))
      return own === undefined ? first : own === scorerName
    })
    .map(mark)
    .join('')
}

/** Samples and epochs missing from a mean, and where the mean would be if all of them were worst or best. */
function renderUnscored({ bounds, ...counts }: ScorerSummary): string {
  return formatUnscored(counts) + (bounds === undefined ? '' : ` (${bounds.map(formatMean).join(' to ')})`)
}

/** Input + output, short enough to keep a usual table within a terminal of 100 columns or a little more. */
function tokens({ usage }: EvalSummary): string {
  const { inputTokens, outputTokens } = usage
  if (inputTokens === undefined && outputTokens === undefined) return nothing
  return `${formatCompact(inputTokens ?? 0)} + ${formatCompact(outputTokens ?? 0)}`
}

function mark({ passed }: EvalSummary['thresholds'][number]): string {
  if (passed === null) return pc.yellow('?')
  return passed ? pc.green('✓') : pc.red('✗')
}

/** Names without the part that all evals share: the file, if there is only one. */
export function shortNames(evals: readonly Pick<EvalSummary, 'eval'>[]): string[] {
  const files = new Set(evals.map(({ eval: key }) => key.split(' > ')[0]))
  return evals.map(({ eval: key }) => (files.size === 1 && key.split(' > ').slice(1).join(' > ')) || key)
}
