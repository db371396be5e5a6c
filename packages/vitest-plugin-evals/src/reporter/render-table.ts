import { variantLabel, type EvalSummary, type ScorerSummary } from '@evals/core'
import Table from 'cli-table3'
import pc from 'picocolors'
import { formatCompact, formatDuration, formatInteger, formatMean, formatUsd } from './format.ts'

const nothing = '–'

interface Column {
  readonly name: string
  readonly align: 'left' | 'right'
  /** The cell in an eval's first row. */
  readonly ofEval?: (summary: EvalSummary, name: string) => string
  /** The cell in each scorer's row. */
  readonly ofScorer?: (scorer: ScorerSummary, name: string) => string
}

/** One line a column of the report. */
const columns: readonly Column[] = [
  { name: 'eval', align: 'left', ofEval: (_summary, name) => name },
  { name: 'variant', align: 'left', ofEval: ({ variant }) => variantLabel(variant) },
  { name: 'scorer', align: 'left', ofScorer: (_scorer, name) => name },
  { name: 'n', align: 'right', ofScorer: ({ n }) => formatInteger(n) },
  { name: 'mean', align: 'right', ofScorer: ({ mean }) => (mean === null ? nothing : formatMean(mean)) },
  {
    name: '95 % interval',
    align: 'left',
    ofScorer: ({ ci }) => (ci === null ? nothing : ci.map(formatMean).join(' to ')),
  },
  { name: 'unscored', align: 'right', ofScorer: renderUnscored },
  {
    name: 'p50',
    align: 'right',
    ofEval: ({ latencyMs }) => (latencyMs === null ? nothing : formatDuration(latencyMs.p50)),
  },
  {
    name: 'p95',
    align: 'right',
    ofEval: ({ latencyMs }) => (latencyMs === null ? nothing : formatDuration(latencyMs.p95)),
  },
  { name: 'tokens', align: 'right', ofEval: tokens },
  { name: 'cost', align: 'right', ofEval: ({ costUsd }) => (costUsd === null ? nothing : formatUsd(costUsd.total)) },
  { name: 'thresholds', align: 'left', ofEval: ({ thresholds }) => thresholds.map(mark).join('') },
]

/** The figures of all evals: a row per scorer, and below it a row per tag and scorer. */
export function renderTable(evals: readonly EvalSummary[]): string {
  const rows = evals.flatMap((summary, index) => evalRows(summary, shortNames(evals)[index] ?? summary.eval))
  // A column nobody has anything in only makes the table wider.
  const kept = columns.filter((_column, index) => rows.some((row) => row[index] !== '' && row[index] !== nothing))
  const table = new Table({
    head: kept.map(({ name }) => pc.dim(name)),
    colAligns: kept.map(({ align }) => align),
    chars: noBorders,
    style: { head: [], border: [] },
  })
  table.push(...rows.map((row) => row.filter((_cell, index) => kept.includes(columns[index]!))))
  return table.toString().replaceAll(/ +$/gm, '')
}

function evalRows(summary: EvalSummary, name: string): string[][] {
  // An eval without scorers still has a row.
  const scorers: [string, ScorerSummary | undefined][] = Object.entries(summary.scorers)
  if (scorers.length === 0) scorers.push([nothing, undefined])
  return [
    ...scorers.map(([scorerName, scorer], row) =>
      columns.map(({ ofEval, ofScorer }) => {
        if (ofEval !== undefined) return row === 0 ? ofEval(summary, name) : ''
        return scorer === undefined ? nothing : (ofScorer?.(scorer, scorerName) ?? '')
      }),
    ),
    ...Object.entries(summary.tags ?? {}).flatMap(([tag, tagged]) =>
      Object.entries(tagged.scorers).map(([scorerName, scorer], row) =>
        columns.map(({ name: column, ofScorer }) => {
          if (column === 'eval') return row === 0 ? pc.dim(`  #${tag}`) : ''
          return ofScorer?.(scorer, scorerName) ?? ''
        }),
      ),
    ),
  ]
}

/** Samples missing from a mean, and where the mean would be if all of them were worst or best. */
function renderUnscored({ unscored, bounds }: ScorerSummary): string {
  return formatInteger(unscored) + (bounds === undefined ? '' : ` (${bounds.map(formatMean).join(' to ')})`)
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
function shortNames(evals: readonly EvalSummary[]): string[] {
  const files = new Set(evals.map(({ eval: key }) => key.split(' > ')[0]))
  return evals.map(({ eval: key }) => (files.size === 1 ? key.split(' > ').slice(1).join(' > ') : key))
}

const noBorders: Record<string, string> = Object.fromEntries(
  [
    ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ]
    .flat()
    .map((name) => [name, '']),
)
