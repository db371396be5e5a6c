import { messageOf } from '../errors.ts'
import { checkFileOptions, datasetPath, readWhole, unreadable, type FileDataset } from './dataset-file.ts'
import { checkRow, kindOf } from './dataset-row.ts'

/** Options of {@link fromJson}. */
export interface FromJsonOptions {
  /** Where in the document the rows are, as a path of keys: `data.rows`. Default: the document is the array. */
  readonly at?: string
}

/**
 * Rows of a JSON file (UTF-8): an array of objects or strings, at the top or at `at`. The file is read at once; a file
 * of hundreds of megabytes is better kept as JSON Lines, see {@link fromJsonl}.
 *
 * The type argument describes the rows; it is not checked.
 *
 * @param path relative to the root of the Vitest project, absolute, or a `file:` URL
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`; while rows are read: `EVALS_DATASET_UNREADABLE` for a file that cannot be
 * read, is not JSON or has no array there, `EVALS_DATASET_ROW_INVALID` with path and index for a row that is neither
 * object nor string
 */
export function fromJson<Row extends object | string = Record<string, unknown>>(
  path: string | URL,
  options: FromJsonOptions = {},
): FileDataset<Row> {
  checkFileOptions('fromJson', options, ['at'])
  const { at = '' } = options
  return async function* rows(context) {
    const file = datasetPath(path, context)
    const list = rowsAt(parseDocument(await readWhole(file), file), at, file)
    for (const [index, row] of list.entries()) yield checkRow<Row>(row, `${file}: ${at}[${index}]`)
  }
}

function rowsAt(document: unknown, at: string, file: string): readonly unknown[] {
  const keys = at === '' ? [] : at.split('.')
  let found = document
  for (const key of keys) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined
  if (Array.isArray(found)) return found
  const where = at === '' ? 'at the top' : `at "${at}"`
  throw unreadable(file, `expected an array of rows ${where}, found ${kindOf(found)}. ${adviceFor(document)}`)
}

function adviceFor(document: unknown): string {
  const arrays = isObject(document) ? Object.keys(document).filter((key) => Array.isArray(document[key])) : []
  return arrays.length === 0
    ? "Say where the rows are with the option `at`, for example { at: 'data.rows' }."
    : `Say where the rows are with the option \`at\`; arrays at the top of the document: ${arrays.join(', ')}.`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function parseDocument(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const line = lineOf(messageOf(cause), text)
    const place = line === undefined ? file : `${file}:${line}`
    const reason = messageOf(cause).replace(/ \(line \d+ column \d+\)/, '')
    const advice = 'Correct the file; if every line is a document of its own, read it with fromJsonl.'
    throw unreadable(place, `expected JSON, got: ${reason}. ${advice}`, cause)
  }
}

// The engine names a position for some errors and for others only quotes the text around it, which is found again here.
function lineOf(message: string, text: string): number | undefined {
  const named = /\(line (\d+) column/.exec(message)?.[1]
  if (named !== undefined) return Number(named)
  const quotation = /^Unexpected token '(.+)', (?:\.\.\.)?"([^]*)"(?:\.\.\.)? is not valid JSON$/.exec(message)
  const [, token = '', quoted = ''] = quotation ?? []
  const start = quoted === '' ? -1 : text.indexOf(quoted)
  if (start === -1 || text.includes(quoted, start + 1)) return undefined
  return text.slice(0, start + quoted.indexOf(token)).split('\n').length
}
