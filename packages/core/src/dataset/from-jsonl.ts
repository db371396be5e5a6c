import { messageOf } from '../errors.ts'
import { checkFileOptions, datasetPath, readText, type FileDataset } from './dataset-file.ts'
import { checkRow, rowInvalid } from './dataset-row.ts'

/**
 * Rows of a JSON Lines file (UTF-8): one object or string a line; blank lines are skipped. The file is read as far as
 * rows are asked for, so a `limit` of 5 reads one piece of a huge file.
 *
 * The type argument describes the rows; it is not checked.
 *
 * @param path relative to the root of the Vitest project, absolute, or a `file:` URL
 * @param options there are none
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`; while rows are read: `EVALS_DATASET_UNREADABLE` for the file,
 * `EVALS_DATASET_ROW_INVALID` with `path:line` for a line that is not JSON, or neither object nor string
 */
export function fromJsonl<Row extends object | string = Record<string, unknown>>(
  path: string | URL,
  options: Readonly<Record<string, never>> = {},
): FileDataset<Row> {
  checkFileOptions('fromJsonl', options)
  return async function* rows(context) {
    const file = datasetPath(path, context)
    let number = 0
    for await (const line of readLines(file)) {
      number++
      if (line.trim() === '') continue
      const place = `${file}:${number}`
      yield checkRow<Row>(parseLine(line, place), place)
    }
  }
}

// Not node:readline: it also ends a line at U+2028 and U+2029, which may stand inside a JSON string.
async function* readLines(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const text of readText(file)) {
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield rest + text.slice(start, end)
      rest = ''
      start = end + 1
    }
    rest += text.slice(start)
  }
  yield rest
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    // The engine says "(line 1 column 5)" of the text it was given, which contradicts the line of the file.
    const reason = messageOf(cause).replace(/ \(line 1 column \d+\)/, '')
    throw rowInvalid(place, `expected a line of JSON, got: ${reason}. Correct or remove the line.`, cause)
  }
}
