import type { ModelCall } from '@evals/core'
import type { JSX } from 'preact'
import { formatCount, formatDuration, formatUsd } from '../layout/format.ts'
import { Panel } from '../layout/parts.tsx'
import { Table } from '../layout/table.tsx'
import { visibleText } from '../value/visible-text.ts'

/** The model calls of a sample. */
export function CallList({ calls }: { readonly calls: readonly ModelCall[] }): JSX.Element | null {
  if (calls.length === 0) return null
  return (
    <Panel title="Model calls">
      <Table
        label="Model calls, scrolled"
        columns={[
          'Model',
          'For',
          { number: 'Time' },
          { number: 'First token' },
          { number: 'Waited' },
          { number: 'Retries' },
          { number: 'Input tokens' },
          { number: 'Output tokens' },
          { number: 'Cost' },
          'Notes',
        ]}
      >
        {calls.map((call, index) => (
          <tr key={index}>
            <th scope="row">{call.model}</th>
            <td>{call.purpose}</td>
            <td class="number">{formatDuration(call.durationMs)}</td>
            <td class="number">{formatDuration(call.firstTokenMs)}</td>
            <td class="number">{formatDuration(call.queuedMs)}</td>
            <td class={`number ${call.retries > 0 ? 'warn-text' : ''}`}>{call.retries}</td>
            <td class="number">{formatCount(call.usage.inputTokens)}</td>
            <td class="number">{formatCount(call.usage.outputTokens)}</td>
            <td class="number">{formatUsd(call.costUsd)}</td>
            <td>{notesOf(call)}</td>
          </tr>
        ))}
      </Table>
    </Panel>
  )
}

function notesOf({ cached, batch, error }: ModelCall): string {
  return [
    ...(cached ? ['from the cache'] : []),
    ...(batch === undefined ? [] : [`shared by ${batch} samples`]),
    ...(error === undefined ? [] : [visibleText(`${error.code ?? error.name}: ${error.message}`)]),
  ].join(', ')
}
