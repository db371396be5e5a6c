import type { TableColumn } from 'vitest-plugin-evals/cli'
import { terminalColumns } from './output.ts'

const { drawTable } = await import('vitest-plugin-evals/cli')

/** Rows as text that fits the terminal: optional columns give way, then the first one. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number = terminalColumns(),
): string {
  return drawTable(columns, rows, width)
}
