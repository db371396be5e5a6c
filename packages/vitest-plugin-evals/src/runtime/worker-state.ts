import { threadId } from 'node:worker_threads'
import {
  EvalsError,
  readHistories,
  type EvalHistory,
  type ExperimentStore,
  type SampleRecord,
  type StoreProblem,
} from '@evals/core'
import { openStore } from '@evals/storage'
import { inject } from 'vitest'
import { callMain } from '../channel/worker/call-main.ts'
import { ChannelClient } from '../channel/worker/channel-client.ts'
import { ChannelStore, type WorkerStore } from '../channel/worker/channel-store.ts'
import { contextKey, type ActiveRun, type RunContext } from '../protocol.ts'
import { openRequestEngine } from './request-engine.ts'

/** What the eval files of one worker share during one run. */
export interface WorkerRun extends ActiveRun {
  readonly store: WorkerStore
  readonly main: ChannelClient
  /** Resolves when the experiment's document tells of the run. @throws EvalsError where it cannot be written */
  readonly begun: Promise<void>
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal
  /** By eval and variant: what earlier runs of the experiment recorded. */
  readonly histories: ReadonlyMap<string, EvalHistory>
  /** Set when a record could not be written: no further sample may start, its result would be lost. */
  broken?: unknown
}

// Vitest evaluates this module again for each file, but a worker has one store and one channel.
const key = Symbol.for('vitest-plugin-evals/worker')
const shared = globalThis as {
  [key]?: { readonly id: string; readonly run: Promise<WorkerRun>; close(): void }
}

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
    const opening = open(run, context)
    // What keeps it from being opened is told to who asks for it.
    const close = (): void =>
      void opening.then(
        ({ main }) => main.close(),
        () => {},
      )
    shared[key] = { id: run.id, run: opening, close }
  }
  return shared[key].run
}

async function open(run: ActiveRun, context: RunContext): Promise<WorkerRun> {
  const opening = run.storage.startsWith('memory:')
    ? undefined
    : openStore(run.storage, { root: context.root, writer: String(threadId) })
  try {
    return await joinRun(run, { context, opening })
  } catch (error) {
    // What else goes wrong matters less.
    await opening?.then((store) => store.close()).catch(() => {})
    throw error
  }
}

async function joinRun(
  run: ActiveRun,
  { context, opening }: { context: RunContext; opening: Promise<ExperimentStore> | undefined },
): Promise<WorkerRun> {
  const controller = new AbortController()
  const [port, opened] = await Promise.all([callMain(run), opening])
  const main = new ChannelClient(port, (reason) => controller.abort(cancelled(reason)))
  const begun = main.ask<void>('begun', undefined)
  // Each eval waits for it.
  begun.catch(() => {})
  await openRequestEngine(context, { run, main })
  const store = opened ?? new ChannelStore(main)
  // Another worker may have begun to write already.
  const include = (record: SampleRecord): boolean => record.run !== run.id
  const onProblem = (problem: StoreProblem): void => main.tell('problem', problem)
  const histories = run.resume.extends ? await readHistories(store, run.experiment, { include, onProblem }) : new Map()
  return { ...run, main, begun, signal: controller.signal, store, histories }
}

function cancelled(reason: string): DOMException {
  return new DOMException(`the run was cancelled: ${reason}`, 'AbortError')
}
