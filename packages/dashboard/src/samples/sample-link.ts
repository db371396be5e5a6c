import { linkTo, type Params, type Route } from '../layout/route.ts'
import type { SampleAddress } from '../protocol.ts'
import { filterNames } from './sample-filter.ts'

/** The address of a sample's page, which keeps the table's filter for the way back and for the next sample. */
export function sampleLink({ params }: Pick<Route, 'params'>, { key, id, epoch }: SampleAddress): string {
  return linkTo('sample', { name: params.get('name'), key, id, epoch: epoch === 0 ? null : epoch, ...filterOf(params) })
}

/** The address of the table with the filter of a sample's page. */
export function tableLink({ params }: Pick<Route, 'params'>): string {
  return linkTo('samples', { name: params.get('name'), ...filterOf(params) })
}

function filterOf(params: URLSearchParams): Params {
  return Object.fromEntries(filterNames.map((name) => [name, params.get(name)]))
}
