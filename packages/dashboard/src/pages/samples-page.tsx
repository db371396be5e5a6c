import type { JSX } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useExperiment } from '../data/use-data.ts'
import { formatCount } from '../layout/format.ts'
import { Notice, Problems } from '../layout/parts.tsx'
import { go, linkTo, withParams, type PageProps, type Params } from '../layout/route.ts'
import { useKeys } from '../layout/use-keys.ts'
import { chosenColumns, layoutOf, type SampleColumn } from '../samples/column.ts'
import { FilterBar } from '../samples/filter-bar.tsx'
import { SampleRow } from '../samples/sample-row.tsx'
import { sampleLink } from '../samples/sample-link.ts'
import { useFilteredRows } from '../samples/use-filtered-rows.ts'
import { VirtualRows } from '../samples/virtual-rows.tsx'

export function SamplesPage({ route }: PageProps): JSX.Element {
  const { params } = route
  const name = params.get('name') ?? ''
  const { table, isCaughtUp, failure, problems } = useExperiment(name)
  const { version } = table
  const { filter, rows } = useFilteredRows(table, params)
  const columns = useMemo(() => chosenColumns(table, params.get('cols')), [table, version, params.get('cols')])
  const [at, setAt] = useState(-1)
  // Keys may come faster than the page is drawn.
  const newest = useRef(at)
  const moveTo = (index: number): void => {
    newest.current = index
    setAt(index)
  }
  const set = (changes: Params): void => {
    moveTo(-1)
    go(linkTo('samples', withParams(route, changes)), { replace: true })
  }
  const move = (step: number): void => moveTo(Math.min(rows.length - 1, Math.max(0, newest.current + step)))
  const open = (): void => {
    const row = rows[newest.current]
    if (row !== undefined) go(sampleLink(route, table.address(row)))
  }
  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    PageDown: () => move(20),
    PageUp: () => move(-20),
    Enter: open,
    u: () => go(linkTo('experiment', { name })),
  })
  const { tracks, minWidth } = layoutOf(columns)
  return (
    <div class="samples-page">
      <div class="title">
        <h1>
          <a href={linkTo('experiment', { name })}>{name}</a> <span class="muted">/</span> Samples
        </h1>
        <p class="muted" role="status" data-testid="count">
          {rows.length === table.count
            ? formatCount(rows.length)
            : `${formatCount(rows.length)} of ${formatCount(table.count)}`}
          {isCaughtUp || failure !== undefined ? '' : ' …'}
        </p>
      </div>
      {failure !== undefined && <Notice tone="bad">{failure.message}</Notice>}
      <Problems problems={problems} />
      <FilterBar table={table} filter={filter} columns={columns} onChange={set} />
      {rows.length === 0 && isCaughtUp ? (
        <p class="empty">{table.count === 0 ? 'No sample is recorded yet.' : 'None matches.'}</p>
      ) : (
        <VirtualRows
          count={rows.length}
          at={at}
          minWidth={minWidth}
          head={<Head columns={columns} route={route} tracks={tracks} minWidth={minWidth} />}
        >
          {(index) => {
            const row = rows[index]!
            return (
              <SampleRow
                key={row}
                table={table}
                row={row}
                index={index}
                columns={columns}
                tracks={tracks}
                isCurrent={index === at}
                link={sampleLink(route, table.address(row))}
              />
            )
          }}
        </VirtualRows>
      )}
    </div>
  )
}

interface HeadProps extends PageProps {
  readonly columns: readonly SampleColumn[]
  readonly tracks: string
  readonly minWidth: string
}

function Head({ columns, route, tracks, minWidth }: HeadProps): JSX.Element {
  const sort = route.params.get('sort') ?? ''
  return (
    <div role="rowgroup" class="head" style={{ minWidth }}>
      <div role="row" class="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
        {columns.map(({ name, title, sort: by, isNumber }) => {
          const isAscending = sort === by
          const isSorted = isAscending || sort === `-${by}`
          const next = isAscending ? `-${by}` : isSorted ? null : by
          return (
            <span
              key={name}
              role="columnheader"
              class={isNumber ? 'cell number' : 'cell'}
              aria-sort={isSorted ? (isAscending ? 'ascending' : 'descending') : 'none'}
            >
              {by === undefined ? (
                title
              ) : (
                <a href={linkTo('samples', withParams(route, { sort: next }))} title={title}>
                  {title}
                  {isSorted && <span aria-hidden="true">{isAscending ? ' ↑' : ' ↓'}</span>}
                </a>
              )}
            </span>
          )
        })}
      </div>
    </div>
  )
}
