import type { RunInfo } from '@evals/core'
import type { JSX } from 'preact'
import { formatDuration, formatTime, unknown } from '../layout/format.ts'

/** The runs of an experiment, the newest first. */
export function RunTable({ runs }: { readonly runs: readonly RunInfo[] }): JSX.Element | null {
  if (runs.length === 0) return null
  return (
    <details class="panel runs">
      <summary>
        {runs.length} {runs.length === 1 ? 'run' : 'runs'}
      </summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Runs">
        <table class="list fit">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Started</th>
              <th scope="col" class="number">
                Time
              </th>
              <th scope="col">Ended</th>
              <th scope="col">Commit</th>
              <th scope="col">Versions</th>
              <th scope="col">Options</th>
            </tr>
          </thead>
          <tbody>
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
                <td class="mono">{git === undefined ? unknown : `${git.commit.slice(0, 7)}${git.dirty ? '+' : ''}`}</td>
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
          </tbody>
        </table>
      </div>
    </details>
  )
}
