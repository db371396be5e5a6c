import type { ModelCall } from '@evals/core'
import type { JSX } from 'preact'
import { formatCount, formatDuration, formatUsd } from '../layout/format.ts'
import { visibleText } from '../value/visible-text.ts'

/** The model calls of a sample. */
export function CallList({ calls }: { readonly calls: readonly ModelCall[] }): JSX.Element | null {
  if (calls.length === 0) return null
  return (
    <section class="panel" aria-label="Model calls">
      <header>
        <h2>Model calls</h2>
      </header>
      <div class="scroll" tabIndex={0} role="region" aria-label="Model calls, scrolled">
        <table class="list fit">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">For</th>
              <th scope="col" class="number">
                Time
              </th>
              <th scope="col" class="number">
                First token
              </th>
              <th scope="col" class="number">
                Waited
              </th>
              <th scope="col" class="number">
                Retries
              </th>
              <th scope="col" class="number">
                Input tokens
              </th>
              <th scope="col" class="number">
                Output tokens
              </th>
              <th scope="col" class="number">
                Cost
              </th>
              <th scope="col">Notes</th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
    </section>
  )
}

function notesOf({ cached, batch, error }: ModelCall): string {
  return [
    ...(cached ? ['from the cache'] : []),
    ...(batch === undefined ? [] : [`shared by ${batch} samples`]),
    ...(error === undefined ? [] : [visibleText(`${error.code ?? error.name}: ${error.message}`)]),
  ].join(', ')
}
