import measure from 'fast-string-truncated-width'
import pc from 'picocolors'
import { printable } from './printable.ts'

/** A column of a table. */
export interface TableColumn {
  readonly name: string
  /** Default `left`. */
  readonly align?: 'left' | 'right'
  /** Left out where the terminal is too narrow for all columns. */
  readonly optional?: true
}

const gap = 2
const narrowest = 12

/**
 * Rows as lines of text: where they do not fit, optional columns give way, and then the first one. Of control characters in
 * cells only colours stay.
 * @param width - of the terminal, in columns; by default nothing has to fit
 */
export function drawTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number = Number.POSITIVE_INFINITY,
): string {
  // A line break would end the row.
  const cells = rows.map((row) => row.map((cell) => printable(cell).replaceAll(/[\n\t]/g, ' ')))
  return drawFitting(columns, cells, width)
}

function drawFitting(columns: readonly TableColumn[], rows: readonly (readonly string[])[], width: number): string {
  const widths = columns.map(({ name }, index) =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[index] ?? '')), textWidth(name)),
  )
  const whole = widths.reduce((sum, each) => sum + each + gap, -1)
  if (whole > width && columns.some(isOptional)) {
    const isKept = (_cell: unknown, index: number): boolean => !isOptional(columns[index])
    return drawFitting(
      columns.filter(isKept),
      rows.map((row) => row.filter(isKept)),
      width,
    )
  }
  const [first = 0] = widths
  widths[0] = Math.max(Math.min(narrowest, first), first - Math.max(0, whole - width))
  const draw = (row: readonly string[]): string =>
    columns
      .map(({ align }, index) => pad(row[index] ?? '', widths[index] ?? 0, align))
      .join(' '.repeat(gap))
      .trimEnd()
  return [pc.dim(draw(columns.map(({ name }) => name))), ...rows.map(draw)].map((line) => ` ${line}\n`).join('')
}

/** How many columns of a terminal a text takes; colours take none. */
export function textWidth(text: string): number {
  return measure(text).width
}

function isOptional(column: TableColumn | undefined): boolean {
  return column?.optional === true
}

function pad(text: string, width: number, align: TableColumn['align'] = 'left'): string {
  const fitting = cut(text, width)
  const space = ' '.repeat(width - textWidth(fitting))
  return align === 'left' ? fitting + space : space + fitting
}

function cut(text: string, width: number): string {
  const { index, ellipsed } = measure(text, { limit: width, ellipsis: '…', ellipsisWidth: 1 })
  return ellipsed ? `${text.slice(0, index)}…` : text
}
