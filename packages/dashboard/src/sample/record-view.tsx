import type { SampleRecord } from '@evals/core'
import type { JSX } from 'preact'
import { useData } from '../data/use-data.ts'
import { formatDuration, formatTime, formatUsd } from '../layout/format.ts'
import { Chip, Fact, Panel } from '../layout/parts.tsx'
import { verdictOf } from '../samples/verdict-of.ts'
import { DiffView } from '../value/diff-view.tsx'
import { ValueView } from '../value/value-view.tsx'
import { CallList } from './call-list.tsx'
import { ErrorView } from './error-view.tsx'
import { LabelForm } from './label-form.tsx'
import { ScoreList } from './score-list.tsx'
import { TraceView } from './trace-view.tsx'

interface RecordViewProps {
  readonly experiment: string
  readonly record: SampleRecord
  readonly isDiffShown: boolean
  readonly onToggleDiff: () => void
}

/** All that is recorded of a sample. */
export function RecordView({ experiment, record, isDiffShown, onToggleDiff }: RecordViewProps): JSX.Element {
  const {
    eval: evalName,
    variant,
    outcome,
    passed,
    input,
    expected,
    output,
    error,
    failure,
    scores,
    calls,
    trace,
    tags,
    metadata,
  } = record
  const { description } = useData()
  const isComparable = expected !== undefined && output !== undefined
  return (
    <>
      <dl class="facts">
        <Fact name="Outcome">
          <Chip tone={outcome !== 'scored' ? 'bad' : passed === false ? 'bad' : passed ? 'good' : 'plain'}>
            {verdictOf(outcome, passed)}
          </Chip>
        </Fact>
        <Fact name="Eval">{evalName}</Fact>
        {Object.entries(variant).map(([dimension, value]) => (
          <Fact key={dimension} name={dimension}>
            {value}
          </Fact>
        ))}
        {record.model !== undefined && <Fact name="Model">{record.model}</Fact>}
        <Fact name="Time">{formatDuration(record.durationMs)}</Fact>
        {record.queuedMs > 0 && <Fact name="Waited">{formatDuration(record.queuedMs)}</Fact>}
        <Fact name="Cost">{formatUsd(record.costUsd)}</Fact>
        {record.limit !== undefined && <Fact name="Stopped at the limit of">{record.limit}</Fact>}
        {tags.length > 0 && <Fact name="Tags">{tags.join(', ')}</Fact>}
        <Fact name="Started">{formatTime(record.startedAt)}</Fact>
        <Fact name="Run">
          <span class="mono">{record.run}</span>
        </Fact>
      </dl>
      {error !== undefined && <ErrorView error={error} />}
      {failure !== undefined && <ErrorView error={{ name: 'Failed', message: failure.message }} />}
      <ScoreList experiment={experiment} scores={scores} />
      <div class="panels">
        <Panel title="Input">
          <ValueView experiment={experiment} value={input} label="input" />
        </Panel>
        {expected !== undefined && (
          <Panel title="Expected">
            <ValueView experiment={experiment} value={expected} label="expected value" />
          </Panel>
        )}
        <Panel title="Output">
          <ValueView experiment={experiment} value={output} label="output" />
        </Panel>
      </div>
      {isComparable && (
        <Panel title="Difference" button={{ title: isDiffShown ? 'Hide (d)' : 'Show (d)', onClick: onToggleDiff }}>
          {isDiffShown && <DiffView from={expected} to={output} names={['expected', 'output']} />}
        </Panel>
      )}
      {description.labels && <LabelForm experiment={experiment} record={record} />}
      <CallList calls={calls} />
      <TraceView experiment={experiment} trace={trace} />
      {Object.keys(metadata).length > 0 && (
        <Panel title="Metadata">
          <ValueView experiment={experiment} value={metadata} label="metadata" />
        </Panel>
      )}
    </>
  )
}
