import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import type { SampleRecord, ScanFilter } from '@evals/core'

/** The record files of a folder: those of older runs first, those of unlisted runs at the end. */
export async function recordFileNames(folder: string, runs: readonly string[]): Promise<string[]> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  const place = (name: string): number => {
    const index = runs.findIndex((run) => name.startsWith(`${run}-`))
    return index === -1 ? runs.length : index
  }
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ name, place: place(name) }))
    .toSorted((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

/** The records of one file in the order they were written; a torn or foreign line is reported and passed over. */
export async function* readRecordFile(path: string, filter: ScanFilter): AsyncIterable<SampleRecord> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line === '') continue
    const record = parseRecord(line)
    if (typeof record !== 'string') yield record
    else filter.onProblem?.({ where: `${basename(path)}:${number}`, what: record })
  }
}

/** The record in a line, or what is wrong with it. */
function parseRecord(line: string): SampleRecord | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'a torn line, which is no JSON'
  }
  if (typeof value !== 'object' || value === null || !('v' in value) || !('eval' in value) || !('id' in value)) {
    return 'no record: `v`, `eval` or `id` is missing'
  }
  if (value.v !== 1) return `a record of version ${String(value.v)}, which this version of @evals/storage does not know`
  // The writer made the rest; checking 100,000 records against the schema would cost more than reading them.
  return value as SampleRecord
}
