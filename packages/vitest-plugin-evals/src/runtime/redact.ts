import { EvalsError, messageOf, type RecordEntry, type SampleRecord } from '@evals/core'

/** An entry as it may be written; `failure` is why the redaction failed. */
export interface RedactedEntry extends RecordEntry {
  readonly failure?: EvalsError
}

/** Makes an entry fit to be written. */
export type Redact = (entry: RecordEntry) => RedactedEntry

/**
 * The redaction the user configured, rebuilt from its source. Where it fails, nothing the sample held is written: the
 * record keeps its key and says why.
 */
export function createRedact(source: string | undefined): Redact {
  if (source === undefined) return (entry) => entry
  // oxlint-disable-next-line no-implied-eval -- the user's own configuration, not model output
  const redact = new Function(`return (${source})`)() as (record: SampleRecord) => SampleRecord
  return (entry) => {
    try {
      const record = redact(structuredClone(entry.record))
      if (typeof record?.id !== 'string') throw new TypeError('it returned no record')
      const text = JSON.stringify(record)
      return { record, attachments: entry.attachments.filter(({ sha256 }) => text.includes(sha256)) }
    } catch (error) {
      const failure = new EvalsError(
        'EVALS_REDACT_FAILED',
        `\`redact\` failed: ${messageOf(error)}. It runs in a worker and can use nothing from outside its own body.`,
        { cause: error },
      )
      return { record: emptied(entry.record, failure), attachments: [], failure }
    }
  }
}

function emptied(record: SampleRecord, { name, code, message }: EvalsError): SampleRecord {
  const { output: _output, expected: _expected, failure: _failure, model: _model, ...kept } = record
  const error = { name, code, message }
  return {
    ...kept,
    outcome: 'error',
    passed: null,
    input: null,
    scores: {},
    calls: [],
    trace: [],
    tags: [],
    metadata: {},
    error,
  }
}
