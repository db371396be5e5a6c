import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { SampleRecord } from '@evals/core'
import type { RecordIndex } from '../experiment/current-records.ts'

type Cell = string | number | undefined

/** One line a column besides variants and scores, which every experiment has its own of. */
const columns: Readonly<Record<string, (record: SampleRecord) => Cell>> = {
  eval: (record) => record.eval,
  id: ({ id }) => id,
  epoch: ({ epoch }) => epoch,
  outcome: ({ outcome }) => outcome,
  passed: ({ passed }) => (passed === null ? undefined : String(passed)),
  input: ({ input }) => toText(input),
  expected: ({ expected }) => toText(expected),
  output: ({ output }) => toText(output),
  errorCode: ({ error }) => error && (error.code ?? error.name),
  errorMessage: ({ error }) => error?.message,
  failure: ({ failure }) => failure?.message,
  model: ({ model }) => model,
  inputTokens: ({ usage }) => usage.inputTokens,
  outputTokens: ({ usage }) => usage.outputTokens,
  costUsd: ({ costUsd }) => costUsd ?? undefined,
  durationMs: ({ durationMs }) => durationMs,
  queuedMs: ({ queuedMs }) => queuedMs,
  startedAt: ({ startedAt }) => startedAt,
  tags: ({ tags }) => (tags.length === 0 ? undefined : tags.join(',')),
  metadata: ({ metadata }) => (Object.keys(metadata).length === 0 ? undefined : JSON.stringify(metadata)),
  run: ({ run }) => run,
}

/**
 * A row a record, with a column per variant (`variant.model`) and scorer (`score.exactMatch`). What a spreadsheet would
 * take for a formula gets a `'` before it.
 */
export async function* toCsv({ dimensions, scorers, records }: RecordIndex): AsyncGenerator<string> {
  const names = [
    ...Object.keys(columns),
    ...dimensions.map((name) => `variant.${name}`),
    ...scorers.map((name) => `score.${name}`),
  ]
  const rows = async function* (): AsyncGenerator<Cell[]> {
    for await (const record of records()) {
      yield [
        ...Object.values(columns).map((cell) => cell(record)),
        ...dimensions.map((name) => record.variant[name]),
        ...scorers.map((name) => record.scores[name]?.value ?? undefined),
      ]
    }
  }
  const lines = Readable.from(rows()).pipe(stringify({ header: true, columns: names, escape_formulas: true }))
  for await (const chunk of lines) yield String(chunk)
}

function toText(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
}
