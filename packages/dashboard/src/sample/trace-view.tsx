import type { TraceEntry } from '@evals/core'
import type { JSX } from 'preact'
import { formatDuration } from '../layout/format.ts'
import { Panel } from '../layout/parts.tsx'
import { ValueView } from '../value/value-view.tsx'

interface TraceViewProps {
  readonly experiment: string
  readonly trace: readonly TraceEntry[]
}

/** What happened while the sample ran, in order. */
export function TraceView({ experiment, trace }: TraceViewProps): JSX.Element | null {
  if (trace.length === 0) return null
  return (
    <Panel title="Trace">
      <ol class="trace">
        {trace.map((entry, index) => (
          <li key={index}>
            <span class="at number">+{formatDuration(entry.atMs)}</span>
            <span class="type">{entry.type}</span>
            <div>
              <Entry experiment={experiment} entry={entry} />
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Entry({ experiment, entry }: { readonly experiment: string; readonly entry: TraceEntry }): JSX.Element {
  switch (entry.type) {
    case 'log':
      return (
        <>
          {entry.values.map((value, index) => (
            <ValueView key={index} experiment={experiment} value={value} label="logged value" />
          ))}
        </>
      )
    case 'span':
      return (
        <>
          {entry.name} <span class="muted">{formatDuration(entry.durationMs)}</span>
          {entry.error !== undefined && <span class="bad-text"> {entry.error}</span>}
        </>
      )
    case 'tool':
      return (
        <>
          <b>{entry.name}</b>
          <Part experiment={experiment} title="arguments" value={entry.arguments} />
          <Part experiment={experiment} title="result" value={entry.result} />
        </>
      )
    case 'model':
      return (
        <>
          call {entry.call + 1}
          <Part experiment={experiment} title="prompt" value={entry.question} />
          <Part experiment={experiment} title="answer" value={entry.answer} />
          <Part experiment={experiment} title="response of the server" value={entry.raw} />
        </>
      )
  }
}

function Part({
  experiment,
  title,
  value,
}: {
  readonly experiment: string
  readonly title: string
  readonly value: unknown
}): JSX.Element | null {
  if (value === undefined) return null
  return (
    <details>
      <summary>{title}</summary>
      <ValueView experiment={experiment} value={value} label={title} />
    </details>
  )
}
