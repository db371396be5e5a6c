import pc from 'picocolors'
import stringWidth from 'string-width'
import { terminalColumns } from './output.ts'

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
 * Rows as text that fits the terminal: optional columns give way, then the first one. (cli-table3, which draws the figures, takes 0.2 s for
 * 1,000 rows.)
 */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number = terminalColumns(),
): string {
  const widths = columns.map(({ name }, index) =>
    Math.max(...[name, ...rows.map((row) => row[index] ?? '')].map((text) => stringWidth(text))),
  )
  const whole = widths.reduce((sum, each) => sum + each + gap, -1)
  if (whole > width && columns.some(isOptional)) {
    const isKept = (_cell: unknown, index: number): boolean => !isOptional(columns[index])
    return renderTable(
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

function isOptional(column: TableColumn | undefined): boolean {
  return column?.optional === true
}

function pad(text: string, width: number, align: TableColumn['align'] = 'left'): string {
  const fitting = cut(text, width)
  const space = ' '.repeat(width - stringWidth(fitting))
  return align === 'left' ? fitting + space : space + fitting
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (stringWidth(kept + character) >= width) break
    kept += character
  }
  return `${kept}…`
}
