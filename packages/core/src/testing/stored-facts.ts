import { createHash } from 'node:crypto'
import type { SampleRecord } from '../record/record.ts'
import type { ExperimentStore } from '../store/experiment-store.ts'

/** What reading an attachment that is not there rejects with. */
export const missingAttachment = { code: 'EVALS_ATTACHMENT_UNREADABLE' } as const

export async function recordsOf(
  store: ExperimentStore,
  experiment: string,
  evalName?: string,
): Promise<SampleRecord[]> {
  return Array.fromAsync(store.scan(experiment, evalName === undefined ? {} : { eval: evalName }))
}

export async function idsOf(store: ExperimentStore, experiment: string, evalName?: string): Promise<string[]> {
  return (await recordsOf(store, experiment, evalName)).map(({ id }) => id)
}

export async function namesOf(store: ExperimentStore): Promise<string[]> {
  return (await store.list()).map(({ experiment }) => experiment)
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
