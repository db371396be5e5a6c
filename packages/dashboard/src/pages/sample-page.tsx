import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { useData, useExperiment, useLoaded } from '../data/use-data.ts'
import { Notice, Waiting } from '../layout/parts.tsx'
import { go, linkTo, withParams, type PageProps } from '../layout/route.ts'
import { useKeys } from '../layout/use-keys.ts'
import { nameOf } from '../samples/column.ts'
import { sampleLink, tableLink } from '../samples/sample-link.ts'
import { useFilteredRows } from '../samples/use-filtered-rows.ts'
import type { SampleAddress } from '../protocol.ts'
import { EpochLinks } from '../sample/epoch-links.tsx'
import { RecordView } from '../sample/record-view.tsx'

export function SamplePage({ route }: PageProps): JSX.Element {
  const { params } = route
  const name = params.get('name') ?? ''
  const { source } = useData()
  const { table, isCaughtUp, failure } = useExperiment(name)
  const address: SampleAddress = {
    key: params.get('key') ?? '',
    id: params.get('id') ?? '',
    epoch: Number(params.get('epoch') ?? 0),
  }
  const { key, id, epoch } = address
  const row = useMemo(() => table.find(address), [table, table.version, key, id, epoch])
  // The record changes when the run scores the sample.
  const outcome = row === undefined ? '' : table.columns.outcome[row]
  const record = useLoaded(() => source.record(name, address), [source, name, key, id, epoch, outcome])
  const { rows } = useFilteredRows(table, params)
  const at = row === undefined ? -1 : rows.indexOf(row)
  const [previous, next] = [rows[at - 1], at === -1 ? undefined : rows[at + 1]].map((neighbour) =>
    neighbour === undefined ? undefined : sampleLink(route, table.address(neighbour)),
  )
  const isDiffShown = params.get('diff') !== '0'
  const toggleDiff = (): void =>
    go(linkTo('sample', withParams(route, { diff: isDiffShown ? 0 : null })), { replace: true })
  const follow = (link: string | undefined) => (): void => {
    if (link !== undefined) go(link)
  }
  useKeys({
    j: follow(next),
    ArrowDown: follow(next),
    ArrowRight: follow(next),
    k: follow(previous),
    ArrowUp: follow(previous),
    ArrowLeft: follow(previous),
    u: () => go(tableLink(route)),
    d: toggleDiff,
  })
  const epochs = table.epochsOf(address)
  return (
    <article class="sample-page">
      <div class="title">
        <h1>
          <a href={linkTo('experiment', { name })}>{name}</a> <span class="muted">/</span>{' '}
          <a href={tableLink(route)}>Samples</a> <span class="muted">/</span>{' '}
          <span class="mono">{nameOf(id, epoch)}</span>
        </h1>
        <nav aria-label="Samples" class="steps">
          <Step link={previous} title="← Previous" />
          <span class="muted">
            {at === -1 ? '' : `${(at + 1).toLocaleString('en')} of ${rows.length.toLocaleString('en')}`}
          </span>
          <Step link={next} title="Next →" />
        </nav>
      </div>
      {epochs.length > 1 && (
        <EpochLinks epochs={epochs} current={epoch} link={(one) => sampleLink(route, { ...address, epoch: one })} />
      )}
      {failure !== undefined && <Notice tone="bad">{failure.message}</Notice>}
      <Waiting loaded={record}>
        {(value) =>
          value === undefined ? (
            <Missing isCaughtUp={isCaughtUp} />
          ) : (
            // What was opened of one sample is not open in the next.
            <RecordView
              key={JSON.stringify([value.eval, value.variant, value.id, value.epoch])}
              experiment={name}
              record={value}
              isDiffShown={isDiffShown}
              onToggleDiff={toggleDiff}
            />
          )
        }
      </Waiting>
    </article>
  )
}

function Missing({ isCaughtUp }: { readonly isCaughtUp: boolean }): JSX.Element {
  if (!isCaughtUp) return <p class="muted">Loading …</p>
  return (
    <Notice tone="bad">Nothing is recorded of this sample. The experiment may have been deleted or begun anew.</Notice>
  )
}

function Step({ link, title }: { readonly link: string | undefined; readonly title: string }): JSX.Element {
  return link === undefined ? <span class="muted">{title}</span> : <a href={link}>{title}</a>
}
