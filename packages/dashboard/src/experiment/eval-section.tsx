import type { EvalSummary } from '@evals/core'
import type { JSX } from 'preact'
import type { SampleTable } from '../data/sample-table.ts'
import { formatCount, formatDuration, formatFigure, formatUsd, unknown } from '../layout/format.ts'
import { Chip, Fact } from '../layout/parts.tsx'
import { linkTo } from '../layout/route.ts'
import { LatencyHistogram } from './latency-histogram.tsx'
import { ScorerTable } from './scorer-table.tsx'
import { TagTable } from './tag-table.tsx'

export interface EvalProps {
  /** The experiment. */
  readonly name: string
  /** The eval with its variant. */
  readonly evalKey: string
  readonly summary: EvalSummary
  readonly table: SampleTable
}

/** The figures of one eval and variant. */
export function EvalSection(props: EvalProps): JSX.Element {
  const { name, evalKey, summary } = props
  const { variant, thresholds, verdict } = summary
  return (
    <section class="eval-section" aria-label={evalKey}>
      <header>
        <h2>{summary.eval}</h2>
        {Object.entries(variant).map(([dimension, value]) => (
          <Chip key={dimension}>
            {dimension} {value}
          </Chip>
        ))}
        {verdict !== null && (
          <Chip tone={verdict ? 'good' : 'bad'}>{verdict ? 'thresholds hold' : 'threshold missed'}</Chip>
        )}
        <a class="more" href={linkTo('samples', { name, eval: evalKey })}>
          Samples
        </a>
      </header>
      <Counts {...props} />
      <ScorerTable {...props} />
      {thresholds.length > 0 && (
        <ul class="thresholds">
          {thresholds.map(({ threshold, passed, message, value }) => (
            <li key={threshold}>
              <Chip tone={passed === null ? 'plain' : passed ? 'good' : 'bad'}>
                {passed === null ? 'not judged' : passed ? 'holds' : 'missed'}
              </Chip>
              <b>{threshold}</b>{' '}
              <span class="muted">{passed === false || value === null ? message : `found ${formatFigure(value)}`}</span>
            </li>
          ))}
        </ul>
      )}
      <TagTable {...props} />
    </section>
  )
}

const counted = {
  unjudged: ['Unjudged', 'warn-text'],
  error: ['Errors', 'bad-text'],
  timeout: ['Timeouts', 'bad-text'],
  cancelled: ['Cancelled', ''],
} as const

function Counts({ name, evalKey, summary, table }: EvalProps): JSX.Element {
  const { samples, costUsd, latencyMs, usage, limited = {} } = summary
  const count = (outcome: keyof typeof counted): JSX.Element | null => {
    const found = samples[outcome] ?? 0
    if (found === 0) return null
    const [title, tone] = counted[outcome]
    return (
      <Fact name={title}>
        <a class={tone} href={linkTo('samples', { name, eval: evalKey, outcome })}>
          {formatCount(found)}
        </a>
      </Fact>
    )
  }
  return (
    <dl class="facts">
      <Fact name="Scored">
        {formatCount(samples.scored)}
        <span class="muted"> of {formatCount(samples.total)}</span>
      </Fact>
      {count('unjudged')}
      {count('error')}
      {count('timeout')}
      {count('cancelled')}
      {samples.missing > 0 && <Fact name="Missing">{formatCount(samples.missing)}</Fact>}
      {Object.entries(limited).map(([limit, stopped]) => (
        <Fact key={limit} name={`Stopped at ${limit}`}>
          {formatCount(stopped)}
        </Fact>
      ))}
      <Fact name="Cost">
        {formatUsd(costUsd?.total)}
        {costUsd !== null && <span class="muted"> · {formatUsd(costUsd.mean)} each</span>}
      </Fact>
      <Fact name="Tokens in / out">
        {formatCount(usage.inputTokens)} / {formatCount(usage.outputTokens)}
      </Fact>
      <Fact name="Latency p50 / p95 / p99">
        {latencyMs === null
          ? unknown
          : `${formatDuration(latencyMs.p50)} / ${formatDuration(latencyMs.p95)} / ${formatDuration(latencyMs.p99)}`}
      </Fact>
      <LatencyHistogram table={table} evalKey={evalKey} />
    </dl>
  )
}
