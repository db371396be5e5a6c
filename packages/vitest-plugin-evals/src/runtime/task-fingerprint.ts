import type { TaskFingerprint, Variant } from '@evals/core'
import type { FingerprintMessage } from '../channel/fingerprint-message.ts'
import type { RunContext } from '../protocol.ts'
import type { Task } from './task-call.ts'
import type { WorkerRun } from './worker-state.ts'

/** The code that a task can reach, as the main process knows it. */
interface ReachedCode extends Pick<TaskFingerprint, 'files'> {
  readonly hash: string
}

/** The eval whose answers are meant. */
export interface FingerprintedEval {
  readonly task: Task
  readonly name: string
  readonly file: string
  readonly version?: string | undefined
  readonly variants: readonly Variant[]
}

/**
 * What makes an eval's answers, variant by variant: its own `version`, else the code that its task can reach, and the
 * models that the run lets play roles.
 */
export async function taskFingerprints(
  { task, version, variants, ...place }: FingerprintedEval,
  { project, overrides, defaults }: RunContext,
  run: WorkerRun | undefined,
): Promise<TaskFingerprint[]> {
  const models = overrides.models ?? defaults.models
  const message: FingerprintMessage = { ...place, project, variants, text: String(task) }
  const asks = version === undefined && run !== undefined
  const hashes = asks ? await run.main.ask<ReachedCode[]>('fingerprint', message) : []
  return variants.map((_, index) => {
    const { hash: reached = version, files } = hashes[index] ?? {}
    return {
      ...(reached === undefined ? {} : { task: reached }),
      ...(files === undefined ? {} : { files }),
      ...(models === undefined ? {} : { models }),
    }
  })
}
