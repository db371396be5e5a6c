import type { RunInfo } from '@evals/core'
import type { JSX } from 'preact'
import { formatDuration, formatTime, unknown } from '../layout/format.ts'
import { Commit } from '../layout/parts.tsx'
import { Table } from '../layout/table.tsx'

/** The runs of an experiment, the newest first. */
export function RunTable({ runs }: { readonly runs: readonly RunInfo[] }): JSX.Element | null {
  if (runs.length === 0) return null
  return (
    <details class="panel runs">
      <summary>
        {runs.length} {runs.length === 1 ? 'run' : 'runs'}
      </summary>
      <Table label="Runs" columns={['Run', 'Started', { number: 'Time' }, 'Ended', 'Commit', 'Versions', 'Options']}>
        {runs.toReversed().map(({ id, startedAt, endedAt, ended, git, versions, options }) => (
          <tr key={id}>
            <th scope="row" class="mono">
              {id}
            </th>
            <td class="time">{formatTime(startedAt)}</td>
            <td class="number">
              {endedAt === undefined ? unknown : formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}
            </td>
            <td>{ended ?? unknown}</td>
            <td class="whole">{git === undefined ? unknown : <Commit git={git} />}</td>
            <td>
              {Object.entries(versions)
                .map(([name, version]) => `${name} ${version}`)
                .join(', ')}
            </td>
            <td class="mono">
              {Object.entries(options)
                .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
                .join(' ')}
            </td>
          </tr>
        ))}
      </Table>
    </details>
  )
}
