import type { SampleRecord } from '../record/record.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import type { ExperimentDocument, RunInfo } from '../store/experiment-document.ts'

/** A record as an engine might have made it: a scored sample, changed by `parts`. */
export function makeRecord(parts: Partial<SampleRecord> = {}): SampleRecord {
  return {
    v: 1,
    run: 'run',
    revision: 0,
    eval: 'qa.eval.ts > capitals',
    variant: {},
    id: 'france',
    epoch: 0,
    rowHash: '0123456789abcdef',
    outcome: 'scored',
    passed: true,
    input: { question: 'Capital of France?' },
    expected: 'Paris',
    output: 'Paris',
    scores: { exactMatch: { value: 1 } },
    usage: {},
    costUsd: null,
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 12.5,
    queuedMs: 0,
    calls: [],
    trace: [],
    tags: [],
    metadata: {},
    ...parts,
  }
}

/** A record without attachments, ready to be appended. */
export function makeEntry(parts: Partial<SampleRecord> = {}): RecordEntry {
  return { record: makeRecord(parts), attachments: [] }
}

/** A run that has begun. */
export function makeRun(id: string): RunInfo {
  return { id, startedAt: '2026-01-02T03:04:05.678Z', versions: { node: '24.0.0' }, options: {} }
}

/** The document of an experiment without evals, changed by `parts`. */
export function makeDocument(experiment: string, parts: Partial<ExperimentDocument> = {}): ExperimentDocument {
  return {
    version: 1,
    experiment,
    status: 'completed',
    createdAt: '2026-01-02T03:04:05.678Z',
    updatedAt: '2026-01-02T03:04:05.678Z',
    runs: [],
    evals: {},
    ...parts,
  }
}
