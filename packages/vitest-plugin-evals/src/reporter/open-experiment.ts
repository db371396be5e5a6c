import { threadId } from 'node:worker_threads'
import {
  experimentExists,
  newRunName,
  type EvalFingerprint,
  type ExperimentDocument,
  type ExperimentLease,
  type ExperimentStore,
  type RunInfo,
} from '@evals/core'
import { maskStorageUrl, openStore } from '@evals/storage'
import manifest from '../../package.json' with { type: 'json' }
import { defaultStorage, type RunOptions } from '../options.ts'
import type { ActiveRun, ResumeFacts, RunContext } from '../protocol.ts'
import { beginDocument } from './experiment-document.ts'
import { experimentName } from './experiment-name.ts'
import { whileHeld } from './while-held.ts'

/** What a run is opened with. */
export interface RunStart {
  readonly context: RunContext
  readonly watch: boolean
  /** The first run of this process. */
  readonly first: boolean
  /** The tests were picked by name, or since they failed: they run, whatever is recorded. */
  readonly picked: boolean
  /** Vitest's `--shard` runs only some of the files. */
  readonly fileShard: boolean
  readonly vitestVersion: string
}

/** An experiment that a run has begun to write to. */
export interface OpenedExperiment {
  readonly active: ActiveRun
  readonly options: RunOptions
  readonly store: ExperimentStore
  /** What the experiment's document says of this run. */
  readonly info: RunInfo
  /** Shards of one run write to the experiment side by side, so none of them holds it for longer than it writes. */
  readonly lease: ExperimentLease | undefined
  /** The document tells of this run; until then nothing may be recorded. */
  readonly begun: Promise<void>
  /** The run before was killed, and left figures of what was recorded before it. */
  readonly followsKilled: boolean
}

/**
 * Creates or extends an experiment; what is not writable fails here, or in `begun`, before any model is called.
 * @throws EvalsError of the store, `EVALS_EXPERIMENT_EXISTS`, `EVALS_EXPERIMENT_IN_USE`
 */
export async function openExperiment(start: RunStart): Promise<OpenedExperiment> {
  const { root, defaults, overrides } = start.context
  const options = { ...defaults, ...overrides }
  const storage = options.storage ?? defaultStorage
  const store = await openStore(storage, { root, writer: 'main' })
  try {
    return await openIn(store, { start, options, storage })
  } catch (error) {
    await store.close()
    throw error
  }
}

async function openIn(
  store: ExperimentStore,
  { start, options, storage }: { start: RunStart; options: RunOptions; storage: string },
): Promise<OpenedExperiment> {
  const { watch, first, picked, fileShard } = start
  const info = infoOf(options, start)
  const { id } = info
  const estimate = options.estimate !== undefined
  const experiment = await experimentName(options.experiment, { store, watch, estimate, fallback: id })
  // What watch mode writes is scratch: it lasts until the next session, and a pilot's until the next one.
  const isScratch = estimate || (watch && options.experiment === undefined)
  if (isScratch && (estimate || first)) await store.delete(experiment)
  // A named experiment in watch mode is there to try changes on.
  const mode = options.resume ?? (watch ? 'force' : 'auto')
  const begin = async (): Promise<{ before: ExperimentDocument | undefined; begun: Promise<void> }> => {
    const before = await store.readDocument(experiment)
    if (mode === 'never' && before !== undefined) throw experimentExists(experiment)
    return { before, begun: store.writeDocument(beginDocument(before, experiment, info)) }
  }
  const sharded = fileShard || options.shard !== undefined
  const lease = sharded ? undefined : await store.lease(experiment)
  try {
    const beginAndWrite = async (): ReturnType<typeof begin> => {
      const written = await begin()
      await written.begun
      return written
    }
    const { before, begun } = await (lease === undefined ? whileHeld(store, experiment, beginAndWrite) : begin())
    // Who waits for it hears of it: the first worker starts meanwhile.
    begun.catch(() => {})
    const rerun: ResumeFacts['rerun'] = picked ? 'picked' : isScratch ? 'all' : 'none'
    const fingerprints = fingerprintsIn(before?.evals ?? {})
    const resume = { mode, extends: before !== undefined, rerun, fingerprints }
    const channel = `vitest-plugin-evals:${process.pid}:${id}`
    const active = { id, experiment, storage, channel, mainThread: threadId, resume }
    // Of shards one may still run.
    const followsKilled = lease !== undefined && before?.status === 'running'
    return { active, options, store, info, lease, begun, followsKilled }
  } catch (error) {
    await lease?.release()
    throw error
  }
}

function infoOf(options: RunOptions, { vitestVersion }: RunStart): RunInfo {
  const now = new Date()
  const { storage } = options
  return {
    id: newRunName(now),
    startedAt: now.toISOString(),
    versions: { node: process.versions.node, vitest: vitestVersion, [manifest.name]: manifest.version },
    options: { ...options, ...(storage === undefined ? {} : { storage: maskStorageUrl(storage) }) },
  }
}

function fingerprintsIn(evals: ExperimentDocument['evals']): Record<string, EvalFingerprint> {
  return Object.fromEntries(
    Object.entries(evals).flatMap(([key, { fingerprint }]) => (fingerprint === undefined ? [] : [[key, fingerprint]])),
  )
}
