import type { JSX } from 'preact'
import type { SampleTable } from '../data/sample-table.ts'
import type { SampleColumn } from './column.ts'
import { valueOf } from './sample-filter.ts'
import { verdictOf } from './verdict-of.ts'

interface SampleRowProps {
  readonly table: SampleTable
  readonly row: number
  /** Its place in the table. */
  readonly index: number
  readonly columns: readonly SampleColumn[]
  /** `grid-template-columns`. */
  readonly tracks: string
  readonly isCurrent: boolean
  readonly link: string
}

export function SampleRow({ table, row, index, columns, tracks, isCurrent, link }: SampleRowProps): JSX.Element {
  return (
    <div
      role="row"
      class="row"
      aria-rowindex={index + 2}
      aria-current={isCurrent ? 'true' : undefined}
      style={{ gridTemplateColumns: tracks }}
    >
      {columns.map((column) => {
        const text = column.text(table, row)
        const tone = toneOf(table, row, column.name)
        return (
          <span
            key={column.name}
            role="cell"
            class={`cell ${column.isNumber ? 'number' : ''} ${tone}`}
            title={text.length > 12 ? text : undefined}
          >
            {column.name === 'id' ? (
              <a href={link} class="mono" tabIndex={-1}>
                {text}
              </a>
            ) : (
              text
            )}
          </span>
        )
      })}
    </div>
  )
}

/** By verdict. */
const tones: Readonly<Record<string, string>> = {
  failed: 'bad-text',
  unjudged: 'warn-text',
  error: 'bad-text',
  timeout: 'bad-text',
  cancelled: 'muted',
  answered: 'muted',
}

function toneOf({ columns, scores }: SampleTable, row: number, name: string): string {
  if (name === 'outcome') {
    return tones[verdictOf(columns.outcome[row]!, columns.passed[row]!)] ?? ''
  }
  if (!name.startsWith('score:')) return name === 'error' ? 'bad-text' : ''
  const score = scores.get(name.slice('score:'.length))?.[row]
  if (score === 'failed') return 'bad-text'
  if (score === undefined || Number.isNaN(valueOf(score))) return 'muted'
  // Nothing here tells whether less is better, as with a distance.
  return score === false ? 'bad-text' : ''
}
