import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { useData, useLoaded } from '../data/use-data.ts'
import { LineChart, type ChartLine } from '../figures/line-chart.tsx'
import { Choice } from '../layout/choice.tsx'
import { formatCount, formatFigure, formatTime, unknown } from '../layout/format.ts'
import { Commit, StatusChip, Waiting } from '../layout/parts.tsx'
import { go, linkTo, type PageProps, withParams } from '../layout/route.ts'
import { Table } from '../layout/table.tsx'
import type { ExperimentOverview } from '../protocol.ts'
import { byCommit, byTime, trendChoices, trendOf, type TrendPoint } from './trend.ts'

export function TrendPage({ route }: PageProps): JSX.Element {
  const { source } = useData()
  const loaded = useLoaded(() => source.experiments(), [source])
  return <Waiting loaded={loaded}>{(experiments) => <Trend experiments={experiments} route={route} />}</Waiting>
}

function Trend({
  experiments,
  route,
}: PageProps & { readonly experiments: readonly ExperimentOverview[] }): JSX.Element {
  const choices = useMemo(() => trendChoices(experiments), [experiments])
  const key = route.params.get('eval') ?? choices[0]?.key ?? ''
  const scorers = choices.find((choice) => choice.key === key)?.scorers ?? []
  const scorer = route.params.get('scorer') ?? scorers[0] ?? ''
  const isByCommit = route.params.get('by') === 'commit'
  const { points, places, names } = useMemo(() => {
    const all = trendOf(experiments, key, scorer)
    return isByCommit ? byCommit(all) : byTime(all)
  }, [experiments, key, scorer, isByCommit])
  const lines = useMemo<ChartLine[]>(
    () => [
      {
        label: scorer,
        values: points.map(({ mean }) => mean),
        band: { lower: points.map(({ ci }) => ci?.[0] ?? null), upper: points.map(({ ci }) => ci?.[1] ?? null) },
      },
    ],
    [points],
  )
  const set = (changes: Record<string, string | null>): void =>
    go(linkTo('trend', withParams(route, changes)), { replace: true })
  return (
    <>
      <div class="title">
        <h1>Trend</h1>
      </div>
      {choices.length === 0 ? (
        <p class="empty">No experiment has scores yet.</p>
      ) : (
        <>
          <div class="toolbar">
            <Choice
              title="Eval"
              value={key}
              options={choices.map((choice) => choice.key)}
              onChange={(value) => set({ eval: value, scorer: null })}
            />
            <Choice title="Scorer" value={scorer} options={scorers} onChange={(value) => set({ scorer: value })} />
            <Choice
              title="By"
              value={isByCommit ? 'commit' : 'time'}
              options={['time', 'commit']}
              onChange={(value) => set({ by: value === 'commit' ? value : null })}
            />
          </div>
          {points.length === 0 && (
            <p class="empty">
              {isByCommit
                ? 'None of these experiments was run in a Git checkout.'
                : 'None of these experiments has a mean.'}
            </p>
          )}
          {isByCommit && points.length > 0 && (
            <p class="muted">Commits stand in the order of the first experiment of each, not in that of Git.</p>
          )}
          <section class="panel" aria-label="Chart">
            <LineChart
              label={`${scorer} of ${key} over ${points.length} experiments; the table below has the numbers`}
              places={places}
              names={names}
              lines={lines}
            />
          </section>
          <TrendTable points={points} />
        </>
      )}
    </>
  )
}

function TrendTable({ points }: { readonly points: readonly TrendPoint[] }): JSX.Element {
  return (
    <Table
      label="Experiments of the trend"
      columns={[
        'Experiment',
        'Created',
        { number: 'Mean' },
        { number: 'Interval' },
        { number: 'n' },
        'Commit',
        'Status',
      ]}
    >
      {points.toReversed().map(({ experiment, createdAt, git, status, mean, ci, n }) => (
        <tr key={experiment}>
          <th scope="row">
            <a href={linkTo('experiment', { name: experiment })}>{experiment}</a>
          </th>
          <td class="time">{formatTime(createdAt)}</td>
          <td class="number strong">{formatFigure(mean)}</td>
          <td class="number">{ci === null ? unknown : `${formatFigure(ci[0])} – ${formatFigure(ci[1])}`}</td>
          <td class="number">{formatCount(n)}</td>
          <td class="whole">
            <Commit git={git} />
          </td>
          <td>
            <StatusChip status={status} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
