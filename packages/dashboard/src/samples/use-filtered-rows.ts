import { useMemo } from 'preact/hooks'
import type { SampleTable } from '../data/sample-table.ts'
import { filterNames, filterSamples, readFilter, type SampleFilter } from './sample-filter.ts'

/** The filter that an address names, and the rows it finds, found anew only when either changes. */
export function useFilteredRows(
  table: SampleTable,
  params: URLSearchParams,
): { readonly filter: SampleFilter; readonly rows: Uint32Array } {
  const text = JSON.stringify(filterNames.map((name) => params.get(name)))
  const filter = useMemo(() => readFilter(params), [text])
  const rows = useMemo(() => filterSamples(table, filter), [table, table.version, filter])
  return { filter, rows }
}
