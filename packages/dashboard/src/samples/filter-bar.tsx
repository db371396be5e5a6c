import type { JSX } from 'preact'
import type { SampleTable } from '../data/sample-table.ts'
import { Choice } from '../layout/choice.tsx'
import type { Params } from '../layout/route.ts'
import { allColumns, columnsParam, type SampleColumn } from './column.ts'
import type { SampleFilter } from './sample-filter.ts'
import { SearchBox } from './search-box.tsx'

interface FilterBarProps {
  readonly table: SampleTable
  readonly filter: SampleFilter
  readonly columns: readonly SampleColumn[]
  readonly onChange: (changes: Params) => void
}

const outcomes = ['passed', 'failed', 'unjudged', 'scored', 'error', 'timeout', 'cancelled', 'answered']

/** What chooses the samples of the table. */
export function FilterBar({ table, filter, columns, onChange }: FilterBarProps): JSX.Element {
  const [errors, tags] = [table.errors, table.tags].map((names) => [...names].toSorted()) as [string[], string[]]
  const evals = table.evals.map(({ key }) => key)
  return (
    <div class="toolbar" role="search">
      <SearchBox label="Search ids, inputs, outputs and errors" value={filter.q} onChange={(q) => onChange({ q })} />
      {evals.length > 1 && (
        <Choice
          title="Eval"
          none="all"
          value={filter.eval}
          options={evals}
          onChange={(value) => onChange({ eval: value })}
        />
      )}
      <Choice
        title="Outcome"
        none="all"
        value={filter.outcome}
        options={outcomes}
        onChange={(outcome) => onChange({ outcome })}
      />
      {errors.length > 0 && (
        <Choice
          title="Error"
          none="all"
          value={filter.error}
          options={['any', ...errors]}
          onChange={(error) => onChange({ error })}
        />
      )}
      {tags.length > 0 && (
        <Choice title="Tag" none="all" value={filter.tag} options={tags} onChange={(tag) => onChange({ tag })} />
      )}
      {table.scorers.length > 0 && <ScoreRange scorers={table.scorers} filter={filter} onChange={onChange} />}
      <details class="columns">
        <summary>Columns</summary>
        <fieldset>
          <legend>Columns</legend>
          {allColumns(table).map((column) => {
            const isShown = columns.some(({ name }) => name === column.name)
            const next = allColumns(table).filter(({ name }) =>
              name === column.name ? !isShown : columns.some((one) => one.name === name),
            )
            return (
              <label key={column.name}>
                <input type="checkbox" checked={isShown} onChange={() => onChange({ cols: columnsParam(next) })} />
                {column.title}
              </label>
            )
          })}
        </fieldset>
      </details>
    </div>
  )
}

function ScoreRange({
  scorers,
  filter,
  onChange,
}: Pick<FilterBarProps, 'filter' | 'onChange'> & { readonly scorers: readonly string[] }): JSX.Element {
  const bound = (name: 'min' | 'max', label: string): JSX.Element => (
    <input
      type="number"
      step="any"
      class="bound"
      aria-label={label}
      placeholder={name}
      value={filter[name] ?? ''}
      onInput={({ currentTarget }) => onChange({ [name]: currentTarget.value, unscored: null })}
    />
  )
  return (
    <span class="range">
      <Choice
        title="Score"
        none="all"
        value={filter.scorer}
        options={scorers}
        onChange={(scorer) => onChange({ scorer, min: null, max: null, unscored: null })}
      />
      {filter.scorer !== '' && (
        <>
          {bound('min', `Least ${filter.scorer}`)} to {bound('max', `Greatest ${filter.scorer}`)}
          <label>
            <input
              type="checkbox"
              checked={filter.unscored}
              onChange={() => onChange({ unscored: filter.unscored ? null : 1, min: null, max: null })}
            />
            without one
          </label>
        </>
      )}
    </span>
  )
}
