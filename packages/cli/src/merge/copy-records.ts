import { createHash } from 'node:crypto'
import {
  decodeValue,
  evalKey,
  type Attachment,
  type ExperimentStore,
  type SampleRecord,
  type StoreProblem,
} from '@evals/core'
import type { MergeSource } from './open-source.ts'

/** Recognises records that are there already, whatever their revision. */
export class KnownRecords {
  readonly #hashes = new Set<string>()

  /** False if the record is known; then it is known from now on. */
  add(record: SampleRecord): boolean {
    const { revision: _revision, revisionSize: _revisionSize, ...content } = record
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64').slice(0, 22)
    if (this.#hashes.has(hash)) return false
    this.#hashes.add(hash)
    return true
  }
}

/** What records are copied with. */
export interface CopySetting {
  readonly store: ExperimentStore
  readonly target: string
  readonly known: KnownRecords
  /** Those that count in the source, by eval and variant. */
  readonly revisions: ReadonlyMap<string, number>
  /** Those that count in the target, by eval and variant; one that is not there begins with 0. */
  readonly targetRevisions: ReadonlyMap<string, number>
  readonly onProblem: (problem: StoreProblem) => void
}

/**
 * Appends the records of a source that the target lacks: those of the revision that counts there, as records of the one
 * that counts in the target.
 * @returns how many
 * @throws EvalsError `EVALS_ATTACHMENT_UNREADABLE`, and those of the stores
 */
export async function copyRecords({ store: from, document }: MergeSource, setting: CopySetting): Promise<number> {
  const { store, target, known, revisions, targetRevisions, onProblem } = setting
  let copied = 0
  for await (const record of from.scan(document.experiment, { onProblem })) {
    const key = evalKey(record.eval, record.variant)
    if (record.revision !== revisions.get(key) || !known.add(record)) continue
    const { revisionSize: _revisionSize, ...rest } = record
    const attachments = await readAttachments(from, document.experiment, record)
    await store.append(target, {
      record: { ...rest, revision: targetRevisions.get(key) ?? 0 },
      attachments,
    })
    copied += 1
  }
  return copied
}

async function readAttachments(
  store: ExperimentStore,
  experiment: string,
  record: SampleRecord,
): Promise<Attachment[]> {
  const { input, expected, output, metadata, scores, trace } = record
  const values = [input, expected, output, metadata, scores, trace]
  // Most records have none, and are not decoded.
  if (!JSON.stringify(values).includes('"$blob"')) return []
  const mediaTypes = new Map<string, string>()
  decodeValue(values, { readBlob: ({ $blob, mediaType }) => void mediaTypes.set($blob, mediaType) })
  return Promise.all(
    [...mediaTypes].map(async ([sha256, mediaType]) => ({
      sha256,
      mediaType,
      bytes: await store.readAttachment(experiment, sha256),
    })),
  )
}
