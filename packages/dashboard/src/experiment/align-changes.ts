import type { LimiterChange } from '@evals/core'
import type { ChartLine } from '../figures/line-chart.tsx'

/** All changes on one time axis, as the chart takes them: each line holds its value until its next change. */
export function alignChanges(changes: readonly LimiterChange[]): { times: number[]; lines: ChartLine[] } {
  const sorted = changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const keys = [...new Set(sorted.map(({ key }) => key))]
  const times: number[] = []
  const values: (number | null)[][] = keys.map(() => [])
  for (const { at, key, connections } of sorted) {
    const time = Date.parse(at) / 1000
    if (times.at(-1) !== time) {
      times.push(time)
      for (const column of values) column.push(column.at(-1) ?? null)
    }
    values[keys.indexOf(key)]![times.length - 1] = connections
  }
  return { times, lines: keys.map((label, index) => ({ label, values: values[index]!, stepped: true })) }
}
