import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { SampleTable } from '../data/sample-table.ts'
import { binsOf } from '../figures/bins.ts'
import { Histogram } from '../figures/histogram.tsx'
import { formatDuration } from '../layout/format.ts'
import { Fact } from '../layout/parts.tsx'

/** How long the scored samples of an eval took. */
export function LatencyHistogram({
  table,
  evalKey,
}: {
  readonly table: SampleTable
  readonly evalKey: string
}): JSX.Element | null {
  const bins = useMemo(() => {
    const durations = table.scoredRows(evalKey).map((row) => table.columns.durationMs[row]!)
    return binsOf(durations, 24)
  }, [table, table.version, evalKey])
  if (bins.length === 0) return null
  return (
    <Fact name="Latency of samples">
      <Histogram bins={bins} label="Latency of samples" format={formatDuration} width={168} />
    </Fact>
  )
}
