import type { StoredScore } from '@evals/core'
import type { JSX } from 'preact'
import { formatFigure } from '../layout/format.ts'
import { Panel } from '../layout/parts.tsx'
import { TextView } from '../value/text-view.tsx'
import { ValueView } from '../value/value-view.tsx'
import { ErrorView } from './error-view.tsx'

interface ScoreListProps {
  readonly experiment: string
  readonly scores: Readonly<Record<string, StoredScore>>
}

/** What the scorers say, with their reasons. */
export function ScoreList({ experiment, scores }: ScoreListProps): JSX.Element | null {
  const entries = Object.entries(scores)
  if (entries.length === 0) return null
  return (
    <Panel title="Scores">
      <dl class="score-list">
        {entries.map(([name, score]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="value">
              <Value score={score} />
            </dd>
            <dd class="reason">
              {score.explanation !== undefined && <TextView text={score.explanation} label="explanation" />}
              {score.error !== undefined && <ErrorView error={score.error} />}
              {score.metadata !== undefined && Object.keys(score.metadata).length > 0 && (
                <details>
                  <summary>Metadata</summary>
                  <ValueView experiment={experiment} value={score.metadata} label={`metadata of ${name}`} />
                </details>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Value({ score: { value, kind, error, absent } }: { readonly score: StoredScore }): JSX.Element {
  if (error !== undefined) return <span class="bad-text">failed</span>
  if (absent === true) return <span class="muted">absent</span>
  if (value === null) return <span class="muted">not scored</span>
  if (kind !== 'binary') return <span>{formatFigure(value)}</span>
  return value === 1 ? <span>true</span> : <span class="bad-text">false</span>
}
