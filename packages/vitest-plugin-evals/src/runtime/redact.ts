import { EvalsError, messageOf, parseRecord, type RecordEntry, type SampleRecord, type SampleRun } from '@evals/core'

/** Makes a finished sample fit to be written, and what its test fails with fit to be printed. */
export type Redact = (entry: SampleRun) => SampleRun

/**
 * The redaction the user configured, rebuilt from its source. What identifies a record and how it ended stay as they
 * are. Where the redaction fails, nothing the sample held is written: the record says why instead.
 */
export function createRedact(source: string | undefined): Redact {
  if (source === undefined) return (entry) => entry
  // oxlint-disable-next-line no-implied-eval, typescript/no-unsafe-call -- the user's own configuration, not model output
  const redact = new Function(`return (${source})`)() as (record: SampleRecord) => SampleRecord
  return ({ record, attachments, thrown }) => {
    try {
      const { error, failure, ...redacted } = { ...redact(structuredClone(record)) }
      // Emptied, these two are as good as left out.
      const failed = { error: error ?? undefined, failure: failure ?? undefined }
      const text = JSON.stringify({ ...redacted, ...failed, ...fixedFields(record) })
      // What nobody can read would be run, and paid for, again.
      const written = parseRecord(text)
      if (typeof written === 'string') {
        throw new TypeError(`it returned ${written}; a field can be emptied, but not left out`)
      }
      const kept = attachments.filter(({ sha256 }) => text.includes(sha256))
      return { record: written, attachments: kept, ...(thrown === undefined ? {} : { thrown: failureOf(written) }) }
    } catch (error) {
      const message = `\`redact\` failed: ${messageOf(error)}. It runs in a worker and can use nothing from outside its own body.`
      const failure = new EvalsError('EVALS_REDACT_FAILED', message, { cause: error })
      return { ...emptied(record, failure), thrown: failure }
    }
  }
}

type FixedField = 'v' | 'run' | 'revision' | 'eval' | 'variant' | 'id' | 'epoch' | 'outcome' | 'passed'

function fixedFields(record: SampleRecord): Pick<SampleRecord, FixedField> {
  const { v, run, revision, eval: key, variant, id, epoch, outcome, passed } = record
  return { v, run, revision, eval: key, variant, id, epoch, outcome, passed }
}

/** What is printed of a redacted sample's failure: no more than what is written. */
function failureOf({ error, failure }: SampleRecord): Error {
  const shown = new Error(error?.message ?? failure?.message ?? 'the sample failed; why is redacted')
  return Object.assign(shown, { name: error?.name ?? 'Error', stack: '' })
}

function emptied(record: SampleRecord, { name, code, message }: EvalsError): RecordEntry {
  const { output: _output, expected: _expected, failure: _failure, model: _model, cluster: _cluster, ...kept } = record
  const nothing = { input: null, scores: {}, calls: [], trace: [], tags: [], metadata: {} }
  return {
    record: { ...kept, ...nothing, outcome: 'error', passed: null, error: { name, code, message } },
    attachments: [],
  }
}
