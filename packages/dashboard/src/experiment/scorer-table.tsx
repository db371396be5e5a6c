import type { Estimate, ScorerSummary } from '@evals/core'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { SampleTable } from '../data/sample-table.ts'
import { binsOf, type Bin } from '../figures/bins.ts'
import { Histogram } from '../figures/histogram.tsx'
import { IntervalBar, scaleOf } from '../figures/interval.tsx'
import { formatCount, formatFigure, formatUnscored, unknown } from '../layout/format.ts'
import { linkTo } from '../layout/route.ts'
import { Table } from '../layout/table.tsx'
import { valueOf } from '../samples/sample-filter.ts'
import type { EvalProps } from './eval-section.tsx'

/** The estimates of an eval's scorers. */
export function ScorerTable({ name, evalKey, summary, table }: EvalProps): JSX.Element {
  const scorers = Object.entries(summary.scorers)
  if (scorers.length === 0) return <p class="muted">No scorer.</p>
  const hasMetrics = scorers.some(([, { metrics }]) => metrics !== undefined)
  return (
    <Table
      label={`Scores of ${evalKey}`}
      class="scorers"
      columns={[
        'Scorer',
        { number: 'Mean' },
        { number: 'Interval' },
        { figure: 'Interval as a bar' },
        { number: 'n' },
        'Distribution',
        { number: 'Without a score' },
        hasMetrics ? 'Metrics' : '',
      ]}
    >
      {scorers.map(([scorer, estimate]) => (
        <ScorerRow key={scorer} name={name} evalKey={evalKey} table={table} scorer={scorer} estimate={estimate} />
      ))}
    </Table>
  )
}

interface ScorerRowProps extends Pick<EvalProps, 'name' | 'evalKey' | 'table'> {
  readonly scorer: string
  readonly estimate: ScorerSummary
}

function ScorerRow({ name, evalKey, table, scorer, estimate }: ScorerRowProps): JSX.Element {
  const { mean, ci, level, method, n, kind, direction, bounds, note, metrics = {} } = estimate
  const bins = useMemo(
    () => binsOf(scoresOf(table, evalKey, scorer), kind === 'binary' ? 2 : 10),
    [table, table.version, evalKey, scorer],
  )
  const samples = linkTo('samples', {
    name,
    eval: evalKey,
    scorer,
    sort: `${direction === 'higher' ? '' : '-'}score:${scorer}`,
  })
  return (
    <tr>
      <th scope="row">
        <a href={samples}>{scorer}</a>
        {direction === 'lower' && <small class="muted"> lower is better</small>}
      </th>
      <td class="number strong">{formatFigure(mean)}</td>
      <td class="number" title={method === null ? note : `${method}, level ${level}`}>
        {ci === null ? <span class="muted">{unknown}</span> : `${formatFigure(ci[0])} – ${formatFigure(ci[1])}`}
      </td>
      <td>
        <IntervalBar value={mean} ci={ci} scale={scaleOf([mean, ...(ci ?? [])])} />
      </td>
      <td class="number">{formatCount(n)}</td>
      <td>
        <Histogram
          bins={bins}
          label={`Scores of ${scorer}`}
          format={formatFigure}
          link={({ from, to }: Bin) =>
            linkTo('samples', { name, eval: evalKey, scorer, min: from, max: to, sort: `score:${scorer}` })
          }
        />
      </td>
      <td class="number">
        {bounds !== undefined || estimate.unscored > 0 ? (
          <a
            href={linkTo('samples', { name, eval: evalKey, scorer, unscored: 1 })}
            title={
              bounds &&
              `the mean lies between ${formatFigure(bounds[0])} and ${formatFigure(bounds[1])}, whatever they are`
            }
          >
            {formatUnscored(estimate)}
          </a>
        ) : (
          <span class="muted">{formatUnscored(estimate)}</span>
        )}
      </td>
      <td class="metrics">
        {Object.entries(metrics).map(([metric, value]) => (
          <span key={metric} class="score">
            {metric} <b>{formatFigure(value.value)}</b>
            <small>{intervalOf(value)}</small>
          </span>
        ))}
      </td>
    </tr>
  )
}

function intervalOf({ interval }: Estimate): string {
  return interval === null || interval === undefined
    ? ''
    : ` [${formatFigure(interval.lower)}, ${formatFigure(interval.upper)}]`
}

function scoresOf(table: SampleTable, evalKey: string, scorer: string): number[] {
  const values = table.scoredRows(evalKey).map((row) => valueOf(table.score(scorer, row)))
  return values.filter((value) => !Number.isNaN(value))
}
