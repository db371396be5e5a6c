import type { JSX } from 'preact'
import type { ExperimentOverview } from '../protocol.ts'
import { formatUsd } from './format.ts'

/** What an experiment cost, with a word where a part of it is unknown. */
export function TotalCostView({
  costUsd,
  isCostPartial,
}: Pick<ExperimentOverview, 'costUsd' | 'isCostPartial'>): JSX.Element {
  return (
    <>
      {formatUsd(costUsd)}
      {isCostPartial === true && (
        <small class="muted" title="Of some eval the price of a model, or what it used, is unknown.">
          {' '}
          + unknown
        </small>
      )}
    </>
  )
}
