import { threadId } from 'node:worker_threads'
import { EvalsError, readResults, type ExperimentStore, type ResultSet, type SampleRecord } from '@evals/core'
import { openStore } from '@evals/storage'
import { inject } from 'vitest'
import { ChannelClient } from '../channel/worker/channel-client.ts'
import { contextKey, type ActiveRun, type RunContext } from '../protocol.ts'
import { openRequestEngine } from './request-engine.ts'

/** What the eval files of one worker share during one run. */
export interface WorkerRun extends ActiveRun {
  readonly store: ExperimentStore
  readonly main: ChannelClient
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal
  /** By eval and variant: what earlier runs of the experiment recorded. */
  readonly earlier: ReadonlyMap<string, ResultSet>
  /** Set when a record could not be written: no further sample may start, its result would be lost. */
  broken?: unknown
}

// Vitest evaluates this module again for each file, but a worker has one store and one channel.
const key = Symbol.for('vitest-plugin-evals/worker')
const shared = globalThis as { [key]?: { readonly id: string; readonly run: Promise<WorkerRun>; close(): void } }

/**
 * The context of the project that the current file belongs to.
 * @throws EvalsError `EVALS_RUNTIME_MISSING` in a file that no eval project runs
 */
export function runContext(): RunContext {
  const context: RunContext | undefined = inject(contextKey)
  if (context !== undefined) return context
  throw new EvalsError(
    'EVALS_RUNTIME_MISSING',
    'No eval project runs this eval file. Add `plugins: [evals()]` from "vitest-plugin-evals/config" to the Vitest config and run `vitest run --project evals`.',
  )
}

/** The run that is going on, opened when it is first needed; `undefined` while tests are only listed. */
export async function workerRun(context: RunContext): Promise<WorkerRun | undefined> {
  const { run } = context
  if (run === undefined) return undefined
  if (shared[key]?.id !== run.id) {
    shared[key]?.close()
    const controller = new AbortController()
    const main = new ChannelClient(run.channel, (reason) => controller.abort(cancelled(reason)))
    shared[key] = {
      id: run.id,
      run: open({ ...run, main, signal: controller.signal }, context),
      close: () => main.close(),
    }
  }
  return shared[key].run
}

async function open(run: ActiveRun & Pick<WorkerRun, 'main' | 'signal'>, context: RunContext): Promise<WorkerRun> {
  await openRequestEngine(context, { run, main: run.main })
  const store = await openStore(run.storage, { root: context.root, writer: String(threadId) })
  // Another worker may have begun to write already.
  const include = (record: SampleRecord): boolean => record.run !== run.id
  const earlier = run.extends ? await readResults(store, run.experiment, { include }) : new Map<string, ResultSet>()
  return { ...run, store, earlier }
}

function cancelled(reason: string): DOMException {
  return new DOMException(`the run was cancelled: ${reason}`, 'AbortError')
}
