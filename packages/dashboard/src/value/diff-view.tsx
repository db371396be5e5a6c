import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { comparableText, diffText } from './diff-text.ts'
import { visibleText } from './visible-text.ts'

interface DiffViewProps {
  readonly from: unknown
  readonly to: unknown
  /** What they are, such as `expected` and `output`. */
  readonly names: readonly [from: string, to: string]
}

/** Two values in one text: what only the first has is struck, what only the second has is marked. */
export function DiffView({ from, to, names }: DiffViewProps): JSX.Element {
  const pieces = useMemo(() => diffText(comparableText(from), comparableText(to)), [from, to])
  if (pieces === undefined) return <p class="muted">These texts are too long to show what differs.</p>
  if (pieces.every(({ side }) => side === 'both')) return <p class="muted">They are the same.</p>
  return (
    <div class="diff">
      <p class="legend">
        <del>only {names[0]}</del> <ins>only {names[1]}</ins>
      </p>
      <pre dir="auto">
        {pieces.map(({ side, text }) => {
          const shown = visibleText(text)
          if (side === 'both') return shown
          return side === 'expected' ? <del>{shown}</del> : <ins>{shown}</ins>
        })}
      </pre>
    </div>
  )
}
