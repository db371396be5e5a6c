import type { JSX } from 'preact'
import type { ExperimentOverview } from '../protocol.ts'
import { formatUsd } from './format.ts'

/** What an experiment cost, or at least cost where calls have no known price. */
export function TotalCostView({
  costUsd,
  isCostPartial,
}: Pick<ExperimentOverview, 'costUsd' | 'isCostPartial'>): JSX.Element {
  if (isCostPartial !== true) return <>{formatUsd(costUsd)}</>
  return <span title="Some calls have no known price.">at least {formatUsd(costUsd)}</span>
}
