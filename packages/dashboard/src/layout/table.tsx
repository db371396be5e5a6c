import type { ComponentChildren, JSX } from 'preact'

/** The heading of a column: of words, of numbers, or of figures, whose heading only those hear who do not see them. */
export type Column = string | { readonly number: string } | { readonly figure: string }

interface TableProps {
  /** What it shows, for those who do not see it. */
  readonly label: string
  readonly columns: readonly Column[]
  readonly class?: string
  /** The rows. */
  readonly children: ComponentChildren
}

/** A table that scrolls by itself where it is wider than the page. */
export function Table({ label, columns, class: more = '', children }: TableProps): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class={`list fit ${more}`}>
        <thead>
          <tr>{columns.map(heading)}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

function heading(column: Column, index: number): JSX.Element {
  if (typeof column === 'string') {
    return (
      <th key={index} scope="col">
        {column}
      </th>
    )
  }
  if ('figure' in column) return <th key={index} scope="col" aria-label={column.figure} />
  return (
    <th key={index} scope="col" class="number">
      {column.number}
    </th>
  )
}
