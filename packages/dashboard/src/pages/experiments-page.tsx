import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useData, useLoaded } from '../data/use-data.ts'
import { Estimate } from '../figures/interval.tsx'
import { Choice } from '../layout/choice.tsx'
import { formatCount, formatDuration, formatTime } from '../layout/format.ts'
import { Chip, StatusChip, Waiting } from '../layout/parts.tsx'
import { TotalCostView } from '../layout/total-cost-view.tsx'
import { go, linkTo, withParams, type PageProps } from '../layout/route.ts'
import { useKeys } from '../layout/use-keys.ts'
import type { ExperimentOverview } from '../protocol.ts'
import { SearchBox } from '../samples/search-box.tsx'
import { countSamples, selectExperiments, type ExperimentOrder } from './select-experiments.ts'

const refreshMs = 5_000
const shownScores = 4

export function ExperimentsPage({ route }: PageProps): JSX.Element {
  const { source } = useData()
  const [round, setRound] = useState(0)
  const loaded = useLoaded(() => source.experiments(), [source, round])
  const isRunning = loaded.state === 'ready' && loaded.value.some(({ status }) => status === 'running')
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setTimeout(() => setRound(round + 1), refreshMs)
    return () => clearTimeout(timer)
  }, [isRunning, round])
  return (
    <Waiting loaded={loaded}>{(experiments) => <ExperimentList experiments={experiments} route={route} />}</Waiting>
  )
}

function ExperimentList({
  experiments,
  route,
}: PageProps & { readonly experiments: readonly ExperimentOverview[] }): JSX.Element {
  const { params } = route
  const set = (changes: Parameters<typeof withParams>[1]): void =>
    go(linkTo('experiments', withParams(route, changes)), { replace: true })
  const tags = [
    ...new Set(experiments.flatMap(({ evals }) => Object.values(evals).flatMap((one) => one.tags))),
  ].toSorted()
  const shown = selectExperiments(experiments, params)
  const [at, setAt] = useState(-1)
  const move = (step: number): void => {
    const next = Math.min(shown.length - 1, Math.max(0, at + step))
    setAt(next)
    document.querySelectorAll<HTMLElement>('tbody .name a')[next]?.focus()
  }
  useKeys({ j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1) })
  return (
    <>
      <div class="title">
        <h1>Experiments</h1>
        <p class="muted">
          {shown.length === experiments.length ? formatCount(shown.length) : `${shown.length} of ${experiments.length}`}
        </p>
      </div>
      <div class="toolbar">
        <SearchBox label="Search names, evals and scorers" value={params.get('q') ?? ''} onChange={(q) => set({ q })} />
        {tags.length > 0 && (
          <Choice
            title="Tag"
            value={params.get('tag') ?? ''}
            options={tags}
            none="all"
            onChange={(tag) => set({ tag })}
          />
        )}
      </div>
      {experiments.length === 0 ? (
        <p class="empty">
          There is no experiment yet. A run makes one: <code>vitest run --project evals</code>.
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Experiments">
          <table class="list experiments">
            <thead>
              <tr>
                <Heading route={route} order="experiment" title="Experiment" />
                <Heading route={route} order="status" title="Status" />
                <th scope="col">Scores</th>
                <Heading route={route} order="samples" title="Samples" isNumber />
                <Heading route={route} order="errors" title="Errors" isNumber />
                <Heading route={route} order="cost" title="Cost" isNumber />
                <Heading route={route} order="time" title="Time" isNumber />
                <Heading route={route} order="created" title="Created" />
              </tr>
            </thead>
            <tbody>
              {shown.map((experiment) => (
                <ExperimentRow key={experiment.experiment} experiment={experiment} />
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p class="empty">None matches.</p>}
        </div>
      )}
    </>
  )
}

function Heading({
  route,
  order,
  title,
  isNumber = false,
}: PageProps & { readonly order: ExperimentOrder; readonly title: string; readonly isNumber?: boolean }): JSX.Element {
  const sort = route.params.get('sort') ?? '-created'
  const isAscending = sort === order
  const isSorted = isAscending || sort === `-${order}`
  return (
    <th
      scope="col"
      class={isNumber ? 'number' : ''}
      aria-sort={isSorted ? (isAscending ? 'ascending' : 'descending') : 'none'}
    >
      <a href={linkTo('experiments', withParams(route, { sort: isSorted && !isAscending ? order : `-${order}` }))}>
        {title}
        {isSorted && <span aria-hidden="true">{isAscending ? ' ↑' : ' ↓'}</span>}
      </a>
    </th>
  )
}

function ExperimentRow({ experiment: overview }: { readonly experiment: ExperimentOverview }): JSX.Element {
  const { experiment, status, createdAt, durationMs, evals, git } = overview
  const { total, missing, errors } = countSamples(overview)
  return (
    <tr>
      <th scope="row" class="name">
        <a href={linkTo('experiment', { name: experiment })}>{experiment}</a>
        {git !== undefined && <small class="muted mono"> {git.commit.slice(0, 7)}</small>}
      </th>
      <td>
        <StatusChip status={status} />
      </td>
      <td>
        <ul class="scores">
          {Object.entries(evals).map(([key, { scorers, verdict }]) => {
            const names = Object.entries(scorers)
            return (
              <li key={key}>
                <span class="eval">{key}</span>
                {verdict !== null && (
                  <Chip tone={verdict ? 'good' : 'bad'}>{verdict ? 'thresholds hold' : 'threshold missed'}</Chip>
                )}
                {names.slice(0, shownScores).map(([name, { mean, ci }]) => (
                  <span class="score" key={name}>
                    {name} <Estimate mean={mean} ci={ci} />
                  </span>
                ))}
                {names.length > shownScores && <span class="muted">and {names.length - shownScores} more</span>}
              </li>
            )
          })}
        </ul>
      </td>
      <td class="number" data-label="samples">
        {formatCount(total - missing)}
        {missing > 0 && <small class="muted"> of {formatCount(total)}</small>}
      </td>
      <td class={`number ${errors > 0 ? 'bad-text' : ''}`} data-label="errors">
        {formatCount(errors)}
      </td>
      <td class="number" data-label="cost">
        <TotalCostView {...overview} />
      </td>
      <td class="number" data-label="time">
        {formatDuration(durationMs)}
      </td>
      <td class="time">{formatTime(createdAt)}</td>
    </tr>
  )
}
