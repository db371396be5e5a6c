import type { ExperimentDocument } from '@evals/core'
import type { RecordIndex } from '../experiment/current-records.ts'

/** One JSON document with the experiment's own and the records, a line each. */
export async function* toJson(index: RecordIndex, document: ExperimentDocument): AsyncGenerator<string> {
  yield `{"experiment":${JSON.stringify(document)},"records":[`
  let separator = '\n'
  for await (const record of index.records()) {
    yield `${separator}${JSON.stringify(record)}`
    separator = ',\n'
  }
  yield '\n]}\n'
}

/** The records, a line each. */
export async function* toJsonLines(index: RecordIndex): AsyncGenerator<string> {
  for await (const record of index.records()) yield `${JSON.stringify(record)}\n`
}
