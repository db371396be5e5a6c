import { createReadStream } from 'node:fs'
import { basename, join } from 'node:path'
import { parseRecord, type SampleRecord, type ScanFilter } from '@evals/core'
import { unreadable } from '../storage-error.ts'
import { readDocumentFile } from './document-file.ts'
import { encodeName } from './encode-name.ts'
import { entriesIn } from './entries-in.ts'

const extension = '.jsonl'

/** The file one writer appends the records of one run to. */
export function recordFileName(run: string, writer: string): string {
  // The last hyphen ends the run, whatever it is named.
  return `${encodeName(run)}-${encodeName(writer).replaceAll('-', '%2D')}${extension}`
}

/**
 * The paths of the record files in an experiment's folder: those of older runs first, those of runs that its document does
 * not list at the end.
 */
export async function recordFiles(experimentFolder: string, experiment: string): Promise<string[]> {
  const document = readDocumentFile(experimentFolder, experiment)
  const runs = typeof document === 'string' ? [] : document.runs
  const places = new Map(runs.map(({ id }, index) => [encodeName(id), index]))
  const folder = join(experimentFolder, 'records')
  return (await entriesIn(folder))
    .filter(({ name }) => name.endsWith(extension))
    .map(({ name }) => ({ name, place: places.get(name.slice(0, name.lastIndexOf('-'))) ?? runs.length }))
    .toSorted((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1))
    .map(({ name }) => join(folder, name))
}

/**
 * The records of one file in the order they were written; a torn or foreign line is reported and passed over.
 * @throws EvalsError `EVALS_STORAGE_UNREADABLE`
 */
export async function* readRecordFile(path: string, filter: ScanFilter): AsyncIterable<SampleRecord> {
  let number = 0
  for await (const line of readLines(path)) {
    number += 1
    if (line.trim() === '') continue
    const record = parseRecord(line)
    if (typeof record === 'string') filter.onProblem?.({ where: `${basename(path)}:${number}`, what: record })
    else if (filter.eval === undefined || record.eval === filter.eval) yield record
  }
}

// Not node:readline: it also ends a line at U+2028 and U+2029, which a model's answer may hold.
async function* readLines(path: string): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
      let start = 0
      for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
        yield rest + chunk.slice(start, end)
        rest = ''
        start = end + 1
      }
      rest += chunk.slice(start)
    }
  } catch (error) {
    throw unreadable(path, error)
  }
  yield rest
}
