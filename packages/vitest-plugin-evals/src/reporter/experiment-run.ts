import {
  evalKey,
  readResults,
  recountEvals,
  type EvalSummary,
  type ExperimentDocument,
  type ResultSet,
} from '@evals/core'
import type { ChannelService } from '../channel/main/channel-server.ts'
import { storeService } from '../channel/main/store-service.ts'
import type { RunOptions } from '../options.ts'
import type { ActiveRun } from '../protocol.ts'
import { beginDocument, endDocument, withPlanned, withRun, type RunEnd } from './experiment-document.ts'
import { gitState } from './git-state.ts'
import { keepVerdicts } from './keep-verdicts.ts'
import { openExperiment, type OpenedExperiment, type RunStart } from './open-experiment.ts'
import { whileHeld } from './while-held.ts'

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
  readonly #opened: OpenedExperiment
  #git: ReturnType<typeof gitState> | undefined

  private constructor({ context, fileShard }: RunStart, opened: OpenedExperiment) {
    this.active = opened.active
    this.options = opened.options
    this.overrides = context.overrides
    this.project = context.project
    this.fileShard = fileShard
    this.#root = context.root
    this.#opened = opened
  }

  /**
   * Creates or extends the experiment.
   * @throws EvalsError of the store, `EVALS_EXPERIMENT_EXISTS`, `EVALS_EXPERIMENT_IN_USE`
   */
  static async open(start: RunStart): Promise<ExperimentRun> {
    return new ExperimentRun(start, await openExperiment(start))
  }

  /** What it does for workers. */
  get service(): ChannelService {
    const { store, begun } = this.#opened
    return {
      handlers: { ...storeService(store).handlers, begun: () => begun },
      // Git takes its time, and the main process has some while the first worker starts.
      workerStarted: () => void this.#askGit(),
    }
  }

  /** Where the records are, for people. */
  get location(): string {
    return this.#opened.store.describe(this.active.experiment)
  }

  /** Aborts when another process has taken the experiment over. */
  get lost(): AbortSignal | undefined {
    return this.#opened.lease?.lost
  }

  /** The results that are stored, of all runs, and the evals of which this run has recorded some. */
  async recorded(): Promise<Recorded> {
    const { experiment, id } = this.active
    const touched = new Set<string>()
    const results = await readResults(this.#opened.store, experiment, {
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
        const summaries = this.#opened.lease === undefined ? keepVerdicts(end.summaries, current) : end.summaries
        const but = new Set(summaries.map((summary) => evalKey(summary.eval, summary.variant)))
        const evals = this.#opened.followsKilled
          ? await recountEvals(this.#opened.store, current, { but })
          : current.evals
        return endDocument(withRun({ ...current, evals }, { ...this.#opened.info, ...ended }), { ...end, summaries })
      })
    } finally {
      await this.#opened.lease?.release()
      await this.#opened.store.close()
    }
  }

  /** The state of the code, which the document is to hold; Git is asked once. */
  #askGit(): ReturnType<typeof gitState> {
    return (this.#git ??= gitState(this.#root))
  }

  /**
   * Changes the experiment's document, which other shards of the run change too; nothing happens once the experiment is
   * another process's.
   */
  async #update(
    change: (current: ExperimentDocument) => ExperimentDocument | Promise<ExperimentDocument>,
  ): Promise<void> {
    const { store, lease, info, begun } = this.#opened
    const { experiment } = this.active
    const [git] = await Promise.all([this.#askGit(), begun])
    const update = async (): Promise<void> => {
      if (lease?.lost.aborted) return
      const stored = await store.readDocument(experiment)
      const current = stored === undefined ? beginDocument(stored, experiment, info) : stored
      await store.writeDocument(await change(withRun(current, git === undefined ? info : { ...info, git })))
    }
    await (lease === undefined ? whileHeld(store, experiment, update) : update())
  }
}

/** What is stored of an experiment, by eval and variant. */
export interface Recorded {
  readonly results: ReadonlyMap<string, ResultSet>
  readonly touched: ReadonlySet<string>
}
