import { EvalsError } from '../errors.ts'
import { checkFileOptions, datasetPath, readText, unreadable, type FileDataset } from './dataset-file.ts'
import { rowInvalid } from './dataset-row.ts'

/** Options of {@link fromCsv}. */
export interface FromCsvOptions {
  /** What separates the fields. Default `,`; use `\t` for tab-separated files. */
  readonly delimiter?: string
}

/**
 * Rows of a CSV file (UTF-8, RFC 4180 quoting) whose first line names the columns; names are trimmed. Every value is
 * a string, as the file has it: `007`, `1e5`, `true` and the empty string are never turned into something else, so
 * convert in the task or in `input`/`expected` functions. A line break inside quotes is read as `\n` on every platform,
 * so that a sample keeps its id. Blank lines are skipped. The file is read as far as rows are asked for.
 *
 * The type argument describes the rows; it is not checked.
 *
 * @param path relative to the root of the Vitest project, absolute, or a `file:` URL
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID` for an empty delimiter; while rows are read:
 * `EVALS_DATASET_UNREADABLE` for the file or a header with empty or repeated names, `EVALS_DATASET_ROW_INVALID` with
 * `path:line` for broken quotes or a row with too many or too few fields
 */
export function fromCsv<Row extends object = Record<string, string>>(
  path: string | URL,
  options: FromCsvOptions = {},
): FileDataset<Row> {
  checkFileOptions('fromCsv', options, ['delimiter'])
  const { delimiter = ',' } = options
  if (delimiter === '') {
    const message = "fromCsv: expected a delimiter such as ',' or '\\t', got an empty string. Leave it out for ','."
    throw new EvalsError('EVALS_OPTION_INVALID', message)
  }
  return async function* rows(context) {
    const file = datasetPath(path, context)
    let header: readonly string[] | undefined
    for await (const { fields, line } of readRecords(file, delimiter)) {
      if (header === undefined) {
        header = checkHeader(fields, `${file}:${line}`)
        continue
      }
      if (fields.length !== header.length) {
        const problem = `expected ${header.length} fields (${header.join(', ')}), got ${fields.length}`
        const advice = 'Put fields that contain the delimiter in double quotes, or add the missing ones.'
        throw rowInvalid(`${file}:${line}`, `${problem}. ${advice}`)
      }
      yield Object.fromEntries(header.map((name, column) => [name, fields[column]])) as Row
    }
  }
}

interface CsvRecord {
  readonly fields: readonly string[]
  /** 1-based line on which the record starts. */
  readonly line: number
}

/** What the parser gives for a record; `lines` counts to the record's end. */
interface ParsedRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function toRecord({ record, info }: ParsedRecord): CsvRecord {
  const breaks = record.reduce((sum, field) => sum + field.split('\n').length - 1, 0)
  return { fields: record, line: info.lines - breaks }
}

async function* readRecords(file: string, delimiter: string): AsyncGenerator<CsvRecord> {
  const { CsvError, parse } = await import('csv-parse')
  const parser = parse({ delimiter, info: true, relax_column_count: true, skip_empty_lines: true })
  parser.on('error', () => {}) // thrown below, after the rows before it
  const read = (): ParsedRecord | null => parser.read() as ParsedRecord | null
  try {
    // Fed by hand: a pipe would read ahead and could not close the file while it waits for the next piece.
    for await (const text of unixLines(readText(file))) {
      parser.write(text)
      for (let row = read(); row !== null; row = read()) yield toRecord(row)
      if (parser.errored !== null) throw parser.errored
    }
    parser.end()
    for await (const row of parser as AsyncIterable<ParsedRecord>) yield toRecord(row)
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const advice = `Put the field in double quotes and write a quote inside it twice ("").`
    throw rowInvalid(`${file}:${Number(cause['lines'])}`, `expected CSV, got: ${cause.message}. ${advice}`, cause)
  }
}

async function* unixLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = ''
  for await (const text of texts) {
    const whole = held + text
    held = whole.endsWith('\r') ? '\r' : ''
    yield whole.slice(0, whole.length - held.length).replaceAll('\r\n', '\n')
  }
  yield held
}

function checkHeader(fields: readonly string[], place: string): readonly string[] {
  const names = fields.map((field) => field.trim())
  const column = names.indexOf('') + 1
  if (column !== 0) throw unreadable(place, `column ${column} of the header has no name. Name or remove the column.`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw unreadable(place, `the header names "${twice}" twice. Rename one of the columns.`)
  return names
}
