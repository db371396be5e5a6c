import {
  decodeValue,
  scoreStored,
  systemClock,
  type ExperimentStore,
  type RecordEntry,
  type Sample,
  type SampleRecord,
} from '@evals/core'
import { isScorable } from './eval-reading.ts'
import type { RescoredEval } from './plan-rescore.ts'

/** What all records of a rescoring have in common. */
export interface RescoreSetting {
  readonly store: ExperimentStore
  readonly experiment: string
  readonly run: string
  readonly signal: AbortSignal
}

/** A stored answer that was scored again, or a record that was taken over because there is nothing to score. */
export interface RescoredRecord {
  readonly entry: RecordEntry
  readonly isTakenOver: boolean
}

const scorerTimeoutMs = 300_000

/**
 * Makes the record of a sample in the new revision. Scores of scorers that are not asked stay as they are.
 * @throws what stopped the scoring, such as a spent budget or Ctrl+C
 */
export async function rescoreRecord(
  stored: SampleRecord,
  { scorers, revision, size }: RescoredEval,
  { store, experiment, run, signal }: RescoreSetting,
): Promise<RescoredRecord> {
  const parts = { run, revision, revisionSize: size }
  if (!isScorable(stored)) return { entry: { record: { ...stored, ...parts }, attachments: [] }, isTakenOver: true }
  const readAttachment = (sha256: string): Promise<Uint8Array> => store.readAttachment(experiment, sha256)
  const { eval: name, variant, id, epoch } = stored
  const scored = await scoreStored({
    key: { eval: name, variant, id, epoch },
    run,
    revision,
    sample: await sampleOf(stored, readAttachment),
    plan: { scorers, retries: 0, sampleTimeoutMs: scorerTimeoutMs },
    signal,
    clock: systemClock,
    stored,
    scorers: scorers.map((scorer) => scorer.name),
    readAttachment,
  })
  // It is the row that the answer was given to.
  const { record, attachments, thrown } = scored!
  if (record.outcome === 'cancelled') throw thrown
  return { entry: { record: { ...record, ...parts, ...verdictOf(stored, record) }, attachments }, isTakenOver: false }
}

/** `passWhen` is only in the eval's file: what it said of a sample, or failed with, holds on, unless a scorer failed. */
function verdictOf(stored: SampleRecord, record: SampleRecord): Pick<SampleRecord, 'passed' | 'failure'> | undefined {
  const { passed, failure } = stored
  if (record.passed === null || !(passed === false || hasFailedPassWhen(stored))) return undefined
  return { passed, ...(failure === undefined ? {} : { failure }) }
}

function hasFailedPassWhen({ outcome, passed, scores }: SampleRecord): boolean {
  return outcome === 'scored' && passed === null && Object.values(scores).every(({ error }) => error === undefined)
}

/** The sample as far as its record tells. */
async function sampleOf(
  { id, rowHash, expected, tags, cluster, input }: SampleRecord,
  readAttachment: (sha256: string) => Promise<Uint8Array>,
): Promise<Sample> {
  const wanted = new Set<string>()
  decodeValue(expected, { readBlob: ({ $blob }) => void wanted.add($blob) })
  const bytes = new Map<string, Uint8Array>()
  for (const sha256 of wanted) bytes.set(sha256, await readAttachment(sha256))
  return {
    row: input,
    id,
    rowHash,
    input,
    expected: decodeValue(expected, { readBlob: ({ $blob }) => bytes.get($blob) }),
    tags,
    metadata: {},
    ...(cluster === undefined ? {} : { cluster }),
    columns: Object.keys(typeof input === 'object' && input !== null ? input : {}),
    skip: false,
    only: false,
  }
}
