import type { RunInfo } from '@evals/core'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { LineChart } from '../figures/line-chart.tsx'
import { alignChanges } from './align-changes.ts'

/** How many calls each account was let have in flight, over time. */
export function LimitHistory({ runs }: { readonly runs: readonly RunInfo[] }): JSX.Element | null {
  const { times, lines } = useMemo(() => alignChanges(runs.flatMap(({ limits = [] }) => limits)), [runs])
  if (times.length === 0) return null
  return (
    <section class="panel" aria-label="Connections over time">
      <header>
        <h2>Connections over time</h2>
        <span class="legend">
          {lines.map(({ label }, index) => (
            <span key={label} class={`line-${(index % 4) + 1}`}>
              {label}
            </span>
          ))}
        </span>
      </header>
      <LineChart
        label={`Connections over time of ${lines.map(({ label }) => label).join(', ')}`}
        places={times}
        lines={lines}
      />
    </section>
  )
}
