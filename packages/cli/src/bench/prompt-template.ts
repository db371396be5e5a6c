import { readFile } from 'node:fs/promises'
import { didYouMean, EvalsError, messageOf } from '@evals/core'
import type { FileRow } from './read-dataset.ts'

/** Makes the prompts of rows. */
export interface PromptTemplate {
  /** What it is made from: with another text, stored answers are no longer good. */
  readonly text: string
  /**
   * The prompt of a row.
   * @param number of the row, from 1, for messages
   * @throws EvalsError `EVALS_DATASET_ROW_INVALID`
   */
  render(row: FileRow, number: number): string
}

const variable = /\{\{\s*([^{}]*?)\s*\}\}/g
const notAsked: ReadonlySet<string> = new Set(['expected', 'id', 'tags', 'metadata'])

/**
 * The template in a file; without one the prompt is the row's own text.
 * @param expected the column with the right answer
 * @throws EvalsError `EVALS_USAGE_INVALID`
 */
export async function loadTemplate(file: string | undefined, expected = 'expected'): Promise<PromptTemplate> {
  if (file === undefined) return { text: '', render: (row, number) => textOf(row, { number, expected }) }
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      `The prompt ${file} cannot be read: ${messageOf(error)}.\nName a file with --prompt FILE.`,
      { cause: error },
    )
  }
  return parseTemplate(text)
}

/** `{{column}}` stands for a row's column, `{{column.member}}` for a part of it; what is no text is written as JSON. */
export function parseTemplate(text: string): PromptTemplate {
  return {
    text,
    render: (row, number) => text.replaceAll(variable, (_whole, path: string) => valueAt(row, path, number)),
  }
}

function valueAt(row: FileRow, path: string, number: number): string {
  let found: unknown = typeof row === 'string' ? { input: row } : row
  for (const name of typeof row === 'object' && Object.hasOwn(row, path) ? [path] : path.split('.')) {
    const has = typeof found === 'object' && found !== null && Object.hasOwn(found, name)
    found = has ? (found as Readonly<Record<string, unknown>>)[name] : undefined
  }
  if (found === undefined || found === null) throw missing(row, path, number)
  return typeof found === 'string' ? found : JSON.stringify(found)
}

function missing(row: FileRow, path: string, number: number): EvalsError {
  const columns = typeof row === 'string' ? ['input'] : Object.keys(row)
  return new EvalsError(
    'EVALS_DATASET_ROW_INVALID',
    `Row ${number} of the dataset has nothing for {{${path}}} of the prompt.\nIts columns are ${columns.join(', ')}.${didYouMean(path, columns)}`,
    { details: { row: number, variable: path, columns } },
  )
}

/** The row itself, its `input`, or the only other column it has, if that is a text. */
function textOf(row: FileRow, { number, expected }: { number: number; expected: string }): string {
  if (typeof row === 'string') return row
  const asked = Object.keys(row).filter((name) => name !== expected && !notAsked.has(name))
  const column = Object.hasOwn(row, 'input') ? 'input' : asked.length === 1 ? asked[0] : undefined
  const text = column === undefined ? undefined : row[column]
  if (typeof text === 'string') return text
  throw new EvalsError(
    'EVALS_DATASET_ROW_INVALID',
    `Row ${number} of the dataset does not say what to ask: its columns are ${Object.keys(row).join(', ')}.\nGive --prompt FILE, a text with {{column}} for what the row has.`,
    { details: { row: number } },
  )
}
