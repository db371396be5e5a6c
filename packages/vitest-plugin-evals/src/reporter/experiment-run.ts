import {
  evalKey,
  readResults,
  type EvalSummary,
  type ExperimentDocument,
  type ExperimentLease,
  type ExperimentStore,
  type LimiterChange,
  type ResultSet,
  type RunInfo,
  type StoreProblem,
} from '@evals/core'
import { openStore } from '@evals/storage'
import manifest from '../../package.json' with { type: 'json' }
import type { RunOptions } from '../options.ts'
import type { ActiveRun, RunContext } from '../protocol.ts'
import { experimentName, newName } from './experiment-name.ts'
import { statusOf, type RunOutcome } from './experiment-status.ts'
import type { gitState } from './git-state.ts'
import { holdExperiment, whileHeld } from './hold-experiment.ts'

const defaultStorage = 'json://.evals'

/** What a run is opened with. */
export interface RunStart {
  readonly context: RunContext
  readonly watch: boolean
  /** The first run of this process. */
  readonly first: boolean
  /** Vitest's `--shard` runs only some of the files. */
  readonly sharded: boolean
  readonly vitestVersion: string
  readonly git: ReturnType<typeof gitState>
}

/** One run as the main process sees it: its experiment's document, and what earlier runs recorded. */
export class ExperimentRun {
  readonly active: ActiveRun
  readonly options: RunOptions
  /** By eval and variant. */
  readonly earlier: ReadonlyMap<string, ResultSet>
  /** Lines of earlier runs that could not be read. */
  readonly warnings: readonly string[]
  readonly #store: ExperimentStore
  readonly #document: ExperimentDocument
  readonly #lease: ExperimentLease | undefined

  private constructor(parts: {
    active: ActiveRun
    options: RunOptions
    store: ExperimentStore
    document: ExperimentDocument
    lease: ExperimentLease | undefined
    earlier: ReadonlyMap<string, ResultSet>
    warnings: readonly string[]
  }) {
    this.active = parts.active
    this.options = parts.options
    this.earlier = parts.earlier
    this.warnings = parts.warnings
    this.#store = parts.store
    this.#document = parts.document
    this.#lease = parts.lease
  }

  /**
   * Creates or extends the experiment; what is not writable fails here, before any model is called.
   * @throws EvalsError of the store
   */
  static async open({ context, watch, first, sharded, vitestVersion, git: asking }: RunStart): Promise<ExperimentRun> {
    const { root } = context
    const options = { ...context.defaults, ...context.overrides }
    const now = new Date()
    const id = newName(now)
    const storage = options.storage ?? defaultStorage
    const store = await openStore(storage, { root, writer: 'main' })
    const estimate = options.estimate !== undefined
    const experiment = await experimentName(options.experiment, { store, watch, estimate, fallback: id })
    // What watch mode writes is scratch: it lasts until the next session, and a pilot's until the next one.
    const isScratch = estimate || (watch && first && options.experiment === undefined)
    if (isScratch) await store.delete(experiment)
    const lease = await holdExperiment(store, experiment, { sharded })
    const before = await store.readDocument(experiment)
    const git = await asking
    const info: RunInfo = {
      id,
      startedAt: now.toISOString(),
      ...(git === undefined ? {} : { git }),
      versions: { node: process.versions.node, vitest: vitestVersion, [manifest.name]: manifest.version },
      options: { ...options },
    }
    const document: ExperimentDocument = {
      version: 1,
      experiment,
      status: 'running',
      createdAt: before?.createdAt ?? info.startedAt,
      updatedAt: info.startedAt,
      runs: [...(before?.runs ?? []), info],
      evals: before?.evals ?? {},
    }
    const warnings: string[] = []
    const onProblem = ({ where, what }: StoreProblem): void => void warnings.push(`${where}: ${what}`)
    const earlier = await readResults(store, experiment, { onProblem })
    await store.writeDocument(document)
    const channel = `vitest-plugin-evals:${process.pid}:${id}`
    const active = { id, experiment, storage, extends: earlier.size > 0, channel }
    return new ExperimentRun({ active, options, store, document, lease, earlier, warnings })
  }

  /** Where the records are, for people. */
  get location(): string {
    return this.#store.describe(this.active.experiment)
  }

  /** Aborts when another process has taken the experiment over. */
  get lost(): AbortSignal | undefined {
    return this.#lease?.lost
  }

  /** The results this run wrote, read from the store. */
  async recorded(): Promise<ReadonlyMap<string, ResultSet>> {
    const { experiment, id } = this.active
    return readResults(this.#store, experiment, { include: (record) => record.run === id })
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
    const runs = (isKnown ? current.runs : [...current.runs, started]).map((run) =>
      run.id === id ? { ...run, endedAt, ended, ...limits } : run,
    )
    await this.#store.writeDocument(endDocument({ ...current, runs }, end))
  }
}

/** What a run, or a merge of reports, found. */
export interface RunEnd {
  /** How the limiter changed what it lets through. */
  readonly limits?: readonly LimiterChange[]
  readonly outcome: RunOutcome
  readonly summaries: readonly EvalSummary[]
}

/** An experiment whose runs are over. */
export interface EndedExperiment {
  results(): Promise<ReadonlyMap<string, ResultSet>>
  close(end: RunEnd): Promise<void>
}

/** Opens the experiment that merged reports came from; it may be on another machine, and then nothing can be read here. */
export async function openEnded(
  { root, defaults, overrides }: RunContext,
  experiment: string,
): Promise<EndedExperiment> {
  const store = await openStore(overrides.storage ?? defaults.storage ?? defaultStorage, { root, writer: 'main' })
  const document = await store.readDocument(experiment)
  return {
    results: () => readResults(store, experiment),
    async close(end) {
      if (document !== undefined) await store.writeDocument(endDocument(document, end))
      await store.close()
    },
  }
}

function endDocument(document: ExperimentDocument, { outcome, summaries }: RunEnd): ExperimentDocument {
  const evals = { ...document.evals }
  for (const summary of summaries) evals[evalKey(summary.eval, summary.variant)] = summary
  const status = statusOf(Object.values(evals), outcome)
  return { ...document, status, updatedAt: new Date().toISOString(), evals }
}
