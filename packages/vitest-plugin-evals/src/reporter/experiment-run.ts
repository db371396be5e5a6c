import { threadId } from 'node:worker_threads'
import {
  evalKey,
  experimentExists,
  newRunName,
  readResults,
  type EvalFingerprint,
  type EvalSummary,
  type ExperimentDocument,
  type ExperimentLease,
  type ExperimentStore,
  type ResultSet,
  type RunInfo,
} from '@evals/core'
import { openStore } from '@evals/storage'
import manifest from '../../package.json' with { type: 'json' }
import type { ChannelService } from '../channel/main/channel-server.ts'
import { storeService } from '../channel/main/store-service.ts'
import { defaultStorage, type RunOptions } from '../options.ts'
import type { ActiveRun, RunContext } from '../protocol.ts'
import { beginDocument, endDocument, type RunEnd } from './experiment-document.ts'
import { experimentName } from './experiment-name.ts'
import { gitState } from './git-state.ts'
import { holdExperiment, whileHeld } from './hold-experiment.ts'

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
  #document: ExperimentDocument
  #git: ReturnType<typeof gitState> | undefined
  readonly #lease: ExperimentLease | undefined

  private constructor(parts: {
    active: ActiveRun
    options: RunOptions
    overrides: RunOptions
    project: string
    fileShard: boolean
    root: string
    store: ExperimentStore
    document: ExperimentDocument
    lease: ExperimentLease | undefined
  }) {
    this.active = parts.active
    this.options = parts.options
    this.overrides = parts.overrides
    this.project = parts.project
    this.fileShard = parts.fileShard
    this.#root = parts.root
    this.#store = parts.store
    this.#document = parts.document
    this.#lease = parts.lease
  }

  /**
   * Creates or extends the experiment; what is not writable fails here, before any model is called.
   * @throws EvalsError of the store, `EVALS_EXPERIMENT_EXISTS`, `EVALS_EXPERIMENT_IN_USE`
   */
  static async open(start: RunStart): Promise<ExperimentRun> {
    const { context, watch, first, picked, fileShard, vitestVersion } = start
    const { root } = context
    const options = { ...context.defaults, ...context.overrides }
    const now = new Date()
    const id = newRunName(now)
    const storage = options.storage ?? defaultStorage
    const store = await openStore(storage, { root, writer: 'main' })
    const estimate = options.estimate !== undefined
    const experiment = await experimentName(options.experiment, { store, watch, estimate, fallback: id })
    // What watch mode writes is scratch: it lasts until the next session, and a pilot's until the next one.
    const isScratch = estimate || (watch && options.experiment === undefined)
    if (isScratch && (estimate || first)) await store.delete(experiment)
    const sharded = fileShard || options.shard !== undefined
    const lease = await holdExperiment(store, experiment, { sharded })
    const before = await store.readDocument(experiment)
    // A named experiment in watch mode is there to try changes on.
    const mode = options.resume ?? (watch ? 'force' : 'auto')
    if (mode === 'never' && before !== undefined) {
      await lease?.release()
      throw experimentExists(experiment)
    }
    const document = beginDocument(before, experiment, {
      id,
      startedAt: now.toISOString(),
      versions: { node: process.versions.node, vitest: vitestVersion, [manifest.name]: manifest.version },
      options: { ...options },
    })
    await store.writeDocument(document)
    const channel = `vitest-plugin-evals:${process.pid}:${id}`
    const resume = {
      mode,
      extends: before !== undefined,
      rerun: isScratch || picked,
      fingerprints: fingerprintsIn(document.evals),
    }
    const active = { id, experiment, storage, channel, mainThread: threadId, resume }
    const { project, overrides } = context
    return new ExperimentRun({ active, options, overrides, fileShard, project, root, store, document, lease })
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
    const evals = { ...this.#document.evals }
    for (const summary of summaries) {
      const key = evalKey(summary.eval, summary.variant)
      const { fingerprint } = summary
      evals[key] = { ...(evals[key] ?? summary), ...(fingerprint === undefined ? {} : { fingerprint }) }
    }
    const git = await this.askGit()
    const runs = this.#document.runs.map((run) => (run.id === this.active.id ? withGit(run, git) : run))
    this.#document = { ...this.#document, runs, evals }
    await this.#store.writeDocument(this.#document)
  }

  /** Writes the experiment's document at the end of the run. */
  async close(end: RunEnd): Promise<void> {
    try {
      if (this.#lease !== undefined) await this.#writeEnd(end)
      else await whileHeld(this.#store, this.active.experiment, () => this.#writeEnd(end))
    } finally {
      await this.#lease?.release()
      await this.#store.close()
    }
  }

  async #writeEnd(end: RunEnd): Promise<void> {
    const { experiment, id } = this.active
    const endedAt = new Date().toISOString()
    // Another shard may have written meanwhile.
    const current = (await this.#store.readDocument(experiment)) ?? this.#document
    const ended = end.outcome.interrupted ? ('interrupted' as const) : ('finished' as const)
    const limits = end.limits === undefined || end.limits.length === 0 ? {} : { limits: end.limits }
    const started = this.#document.runs.find((run) => run.id === id)!
    const isKnown = current.runs.some((run) => run.id === id)
    const git = await this.askGit()
    const runs = (isKnown ? current.runs : [...current.runs, started]).map((run) =>
      run.id === id ? { ...withGit(run, git), endedAt, ended, ...limits } : run,
    )
    await this.#store.writeDocument(endDocument({ ...current, runs }, end))
  }
}

/** What is stored of an experiment, by eval and variant. */
export interface Recorded {
  readonly results: ReadonlyMap<string, ResultSet>
  readonly touched: ReadonlySet<string>
}

function withGit(run: RunInfo, git: RunInfo['git']): RunInfo {
  return git === undefined ? run : { ...run, git }
}

function fingerprintsIn(evals: ExperimentDocument['evals']): Record<string, EvalFingerprint> {
  return Object.fromEntries(
    Object.entries(evals).flatMap(([key, { fingerprint }]) => (fingerprint === undefined ? [] : [[key, fingerprint]])),
  )
}
