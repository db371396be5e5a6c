import { threadId } from 'node:worker_threads'
import {
  evalKey,
  experimentExists,
  newRunName,
  readResults,
  recountEvals,
  type EvalFingerprint,
  type EvalSummary,
  type ExperimentDocument,
  type ExperimentLease,
  type ExperimentStore,
  type ResultSet,
  type RunInfo,
} from '@evals/core'
import { maskStorageUrl, openStore } from '@evals/storage'
import manifest from '../../package.json' with { type: 'json' }
import type { ChannelService } from '../channel/main/channel-server.ts'
import { storeService } from '../channel/main/store-service.ts'
import { defaultStorage, type RunOptions } from '../options.ts'
import type { ActiveRun, RunContext, ResumeFacts } from '../protocol.ts'
import { beginDocument, endDocument, withPlanned, withRun, type RunEnd } from './experiment-document.ts'
import { experimentName } from './experiment-name.ts'
import { gitState } from './git-state.ts'
import { keepVerdicts } from './keep-verdicts.ts'
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

/** One run as the main process sees it: its experiment, which it holds, and the experiment's document. */
export class ExperimentRun {
  readonly active: ActiveRun
  readonly options: RunOptions
  /** Those of the options that the command line and the environment gave. */
  readonly overrides: RunOptions
  /** Of Vitest, whose evals run. */
  readonly project: string
  /** Other processes run the other files. */
  readonly fileShard: boolean
  readonly #root: string
  readonly #store: ExperimentStore
  /** What the experiment's document says of this run. */
  readonly #info: RunInfo
  #git: ReturnType<typeof gitState> | undefined
  /** Shards of one run write to the experiment side by side, so none of them holds it for longer than it writes. */
  readonly #lease: ExperimentLease | undefined
  /** The run before was killed, and left figures of what was recorded before it. */
  readonly #follows: 'killed' | 'ended'

  private constructor(parts: {
    active: ActiveRun
    options: RunOptions
    overrides: RunOptions
    project: string
    fileShard: boolean
    root: string
    store: ExperimentStore
    info: RunInfo
    lease: ExperimentLease | undefined
    follows: 'killed' | 'ended'
  }) {
    this.active = parts.active
    this.options = parts.options
    this.overrides = parts.overrides
    this.project = parts.project
    this.fileShard = parts.fileShard
    this.#root = parts.root
    this.#store = parts.store
    this.#info = parts.info
    this.#lease = parts.lease
    this.#follows = parts.follows
  }

  /**
   * Creates or extends the experiment; what is not writable fails here, before any model is called.
   * @throws EvalsError of the store, `EVALS_EXPERIMENT_EXISTS`, `EVALS_EXPERIMENT_IN_USE`
   */
  static async open(start: RunStart): Promise<ExperimentRun> {
    const { root, defaults, overrides } = start.context
    const options = { ...defaults, ...overrides }
    const storage = options.storage ?? defaultStorage
    const store = await openStore(storage, { root, writer: 'main' })
    try {
      return await ExperimentRun.#openIn(store, { start, options, storage })
    } catch (error) {
      await store.close()
      throw error
    }
  }

  static async #openIn(
    store: ExperimentStore,
    { start, options, storage }: { start: RunStart; options: RunOptions; storage: string },
  ): Promise<ExperimentRun> {
    const { context, watch, first, picked, fileShard } = start
    const info = infoOf(options, start)
    const { id } = info
    const estimate = options.estimate !== undefined
    const experiment = await experimentName(options.experiment, { store, watch, estimate, fallback: id })
    // What watch mode writes is scratch: it lasts until the next session, and a pilot's until the next one.
    const isScratch = estimate || (watch && options.experiment === undefined)
    if (isScratch && (estimate || first)) await store.delete(experiment)
    // A named experiment in watch mode is there to try changes on.
    const mode = options.resume ?? (watch ? 'force' : 'auto')
    const begin = async (): Promise<ExperimentDocument | undefined> => {
      const before = await store.readDocument(experiment)
      if (mode === 'never' && before !== undefined) throw experimentExists(experiment)
      await store.writeDocument(beginDocument(before, experiment, info))
      return before
    }
    const sharded = fileShard || options.shard !== undefined
    const lease = sharded ? undefined : await store.lease(experiment)
    try {
      const before = await (lease === undefined ? whileHeld(store, experiment, begin) : begin())
      const rerun: ResumeFacts['rerun'] = picked ? 'picked' : isScratch ? 'all' : 'none'
      const resume = {
        mode,
        extends: before !== undefined,
        rerun,
        fingerprints: fingerprintsIn(before?.evals ?? {}),
      }
      const channel = `vitest-plugin-evals:${process.pid}:${id}`
      const active = { id, experiment, storage, channel, mainThread: threadId, resume }
      const { root, project, overrides } = context
      // Of shards one may still run.
      const follows = lease !== undefined && before?.status === 'running' ? 'killed' : 'ended'
      return new ExperimentRun({ active, options, overrides, fileShard, project, root, store, info, lease, follows })
    } catch (error) {
      await lease?.release()
      throw error
    }
  }

  /** The store for workers that cannot open it themselves. */
  get storeService(): ChannelService {
    return storeService(this.#store)
  }

  /** The state of the code, which the document is to hold; Git is asked once. */
  askGit(): ReturnType<typeof gitState> {
    return (this.#git ??= gitState(this.#root))
  }

  /** Where the records are, for people. */
  get location(): string {
    return this.#store.describe(this.active.experiment)
  }

  /** Aborts when another process has taken the experiment over. */
  get lost(): AbortSignal | undefined {
    return this.#lease?.lost
  }

  /** The results that are stored, of all runs, and the evals of which this run has recorded some. */
  async recorded(): Promise<Recorded> {
    const { experiment, id } = this.active
    const touched = new Set<string>()
    const results = await readResults(this.#store, experiment, {
      include(record) {
        if (record.run === id) touched.add(evalKey(record.eval, record.variant))
        return true
      },
    })
    return { results, touched }
  }

  /** Notes what the evals are, before much of them is recorded: a run that is killed leaves it behind. */
  async begin(summaries: readonly EvalSummary[]): Promise<void> {
    await this.#update((current) => withPlanned(current, summaries))
  }

  /** Writes the experiment's document at the end of the run. */
  async close(end: RunEnd): Promise<void> {
    const { outcome, limits = [] } = end
    const ended = {
      endedAt: new Date().toISOString(),
      ended: outcome.interrupted ? ('interrupted' as const) : ('finished' as const),
      ...(limits.length === 0 ? {} : { limits }),
    }
    try {
      await this.#update(async (current) => {
        // Only shards share an experiment.
        const summaries = this.#lease === undefined ? keepVerdicts(end.summaries, current) : end.summaries
        const but = new Set(summaries.map((summary) => evalKey(summary.eval, summary.variant)))
        const evals = this.#follows === 'killed' ? await recountEvals(this.#store, current, { but }) : current.evals
        return endDocument(withRun({ ...current, evals }, { ...this.#info, ...ended }), { ...end, summaries })
      })
    } finally {
      await this.#lease?.release()
      await this.#store.close()
    }
  }

  /**
   * Changes the experiment's document, which other shards of the run change too; nothing happens once the experiment is
   * another process's.
   */
  async #update(
    change: (current: ExperimentDocument) => ExperimentDocument | Promise<ExperimentDocument>,
  ): Promise<void> {
    const { experiment } = this.active
    const git = await this.askGit()
    const update = async (): Promise<void> => {
      if (this.#lease?.lost.aborted) return
      const stored = await this.#store.readDocument(experiment)
      const current = stored === undefined ? beginDocument(stored, experiment, this.#info) : stored
      const info = git === undefined ? this.#info : { ...this.#info, git }
      await this.#store.writeDocument(await change(withRun(current, info)))
    }
    await (this.#lease === undefined ? whileHeld(this.#store, experiment, update) : update())
  }
}

/** What is stored of an experiment, by eval and variant. */
export interface Recorded {
  readonly results: ReadonlyMap<string, ResultSet>
  readonly touched: ReadonlySet<string>
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
