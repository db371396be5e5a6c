import manifest from '../../package.json' with { type: 'json' }
import { evalKey } from '../record/eval-key.ts'
import type { ResumeMode } from '../resume/resume-mode.ts'
import type { ExperimentDocument, ExperimentStatus, RunInfo } from '../store/experiment-document.ts'
import { experimentExists } from '../store/experiment-errors.ts'
import type { ExperimentLease, ExperimentStore } from '../store/experiment-store.ts'
import { recountEvals } from '../store/recount-evals.ts'
import { withRemoved } from '../store/removed-samples.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'
import { experimentStatus } from './experiment-status.ts'
import { experimentNamed, newRunName } from './run-name.ts'

/** Which experiment a run opens, and how. */
export interface SessionOptions {
  readonly store: ExperimentStore
  readonly experiment: string | undefined
  readonly mode: ResumeMode
  readonly now: Date
  /** What the run was asked for, as `experiment.json` shall tell it. */
  readonly options: Readonly<Record<string, unknown>>
}

/** An experiment that one run holds, from its lease to its document. */
export class ExperimentSession {
  readonly run: RunInfo
  readonly experiment: string
  /** As it was before this run. */
  readonly before: ExperimentDocument | undefined
  readonly #store: ExperimentStore
  readonly #lease: ExperimentLease

  private constructor(parts: Pick<ExperimentSession, 'run' | 'experiment' | 'before'> & SessionHold) {
    this.run = parts.run
    this.experiment = parts.experiment
    this.before = parts.before
    this.#store = parts.store
    this.#lease = parts.lease
  }

  /** @throws EvalsError `EVALS_EXPERIMENT_IN_USE`, with `never` `EVALS_EXPERIMENT_EXISTS`, and those of the store */
  static async open({ store, mode, now, options, ...asked }: SessionOptions): Promise<ExperimentSession> {
    const id = newRunName(now)
    const experiment = await experimentNamed(asked.experiment, { store, fallback: id })
    const lease = await store.lease(experiment)
    try {
      const before = await store.readDocument(experiment)
      if (before !== undefined && mode === 'never') throw experimentExists(experiment)
      const versions = { node: process.versions.node, [manifest.name]: manifest.version }
      const run = { id, startedAt: now.toISOString(), versions, options }
      return new ExperimentSession({ run, experiment, before, store, lease })
    } catch (error) {
      await lease.release()
      throw error
    }
  }

  /** Aborts when another process has taken the experiment over; then nothing must be written any more. */
  get lost(): AbortSignal {
    return this.#lease.lost
  }

  /** Writes the document before the first sample starts. */
  async begin(summaries: readonly EvalSummary[]): Promise<void> {
    await this.#write(this.run, { summaries, status: 'running', updatedAt: this.run.startedAt })
  }

  /** Writes the document at the end of the run. */
  async end({ summaries, interrupted, now }: SessionEnd): Promise<ExperimentStatus> {
    const endedAt = now.toISOString()
    const run = { ...this.run, endedAt, ended: interrupted ? ('interrupted' as const) : ('finished' as const) }
    const all = [...(await this.#recounted(summaries)), ...summaries]
    const status = experimentStatus({ ...this.before, evals: this.#merged(all) }, interrupted)
    await this.#write(run, { summaries: all, status, updatedAt: endedAt })
    return status
  }

  /** Lets others have the experiment. */
  async release(): Promise<void> {
    await this.#lease.release()
  }

  /** Other evals, where the run before was killed. */
  async #recounted(summaries: readonly EvalSummary[]): Promise<readonly EvalSummary[]> {
    if (this.before?.status !== 'running') return []
    const but = new Set(summaries.map((summary) => evalKey(summary.eval, summary.variant)))
    return Object.values(await recountEvals(this.#store, this.before, { but }))
  }

  async #write(run: RunInfo, parts: DocumentParts): Promise<void> {
    const { summaries, status, updatedAt } = parts
    const { undeclared } = this.before ?? {}
    await this.#store.writeDocument({
      version: 1,
      experiment: this.experiment,
      status,
      createdAt: this.before?.createdAt ?? this.run.startedAt,
      updatedAt,
      runs: [...(this.before?.runs ?? []), run],
      evals: this.#merged(summaries),
      ...(undeclared === undefined ? {} : { undeclared }),
    })
  }

  #merged(summaries: readonly EvalSummary[]): ExperimentDocument['evals'] {
    const evals = { ...this.before?.evals }
    for (const summary of summaries) {
      const key = evalKey(summary.eval, summary.variant)
      evals[key] = withRemoved(summary, evals[key])
    }
    return evals
  }
}

/** How a run ended. */
export interface SessionEnd {
  readonly summaries: readonly EvalSummary[]
  readonly interrupted: boolean
  readonly now: Date
}

interface SessionHold {
  readonly store: ExperimentStore
  readonly lease: ExperimentLease
}

interface DocumentParts extends Pick<ExperimentDocument, 'status' | 'updatedAt'> {
  readonly summaries: readonly EvalSummary[]
}
