import type { CallSetting } from './attempt-until-answered.ts'

/** Waits for `work` as a time in which the call can do nothing: it stops the sample's clock and counts as `queuedMs`. */
export async function countedWait<Value>(
  work: Promise<Value>,
  { engine: { clock }, scope, progress }: Pick<CallSetting, 'engine' | 'scope' | 'progress'>,
): Promise<Value> {
  const startedAt = clock.now()
  const end = scope?.waits.startWaiting()
  try {
    return await work
  } finally {
    end?.()
    progress.queuedMs += clock.now() - startedAt
  }
}
