import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { useData, useLoaded } from '../data/use-data.ts'
import { LineChart, type ChartLine } from '../figures/line-chart.tsx'
import { formatCount, formatFigure, formatTime } from '../layout/format.ts'
import { StatusChip, Waiting } from '../layout/parts.tsx'
import { go, linkTo, type PageProps, withParams } from '../layout/route.ts'
import type { ExperimentOverview } from '../protocol.ts'
import { trendChoices, trendOf } from './trend.ts'

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
  const points = useMemo(() => trendOf(experiments, key, scorer), [experiments, key, scorer])
  const times = useMemo(() => points.map(({ createdAt }) => Date.parse(createdAt) / 1000), [points])
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
            <label>
              Eval{' '}
              <select value={key} onChange={({ currentTarget }) => set({ eval: currentTarget.value, scorer: null })}>
                {choices.map((choice) => (
                  <option key={choice.key}>{choice.key}</option>
                ))}
              </select>
            </label>
            <label>
              Scorer{' '}
              <select value={scorer} onChange={({ currentTarget }) => set({ scorer: currentTarget.value })}>
                {scorers.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          </div>
          <section class="panel" aria-label="Chart">
            <LineChart
              label={`${scorer} of ${key} over ${points.length} experiments; the table below has the numbers`}
              times={times}
              lines={lines}
            />
          </section>
          <div class="scroll" tabIndex={0} role="region" aria-label="Experiments of the trend">
            <table class="list fit">
              <thead>
                <tr>
                  <th scope="col">Experiment</th>
                  <th scope="col">Created</th>
                  <th scope="col" class="number">
                    Mean
                  </th>
                  <th scope="col" class="number">
                    Interval
                  </th>
                  <th scope="col" class="number">
                    n
                  </th>
                  <th scope="col">Commit</th>
                  <th scope="col">Status</th>
                </tr>
              </thead>
              <tbody>
                {points.toReversed().map(({ experiment, createdAt, commit, status, mean, ci, n }) => (
                  <tr key={experiment}>
                    <th scope="row">
                      <a href={linkTo('experiment', { name: experiment })}>{experiment}</a>
                    </th>
                    <td class="time">{formatTime(createdAt)}</td>
                    <td class="number strong">{formatFigure(mean)}</td>
                    <td class="number">{ci === null ? '–' : `${formatFigure(ci[0])} – ${formatFigure(ci[1])}`}</td>
                    <td class="number">{formatCount(n)}</td>
                    <td class="mono">{commit?.slice(0, 7)}</td>
                    <td>
                      <StatusChip status={status} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  )
}
