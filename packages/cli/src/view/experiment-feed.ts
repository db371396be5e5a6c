import {
  evalKey,
  removedSamples,
  summarizeEval,
  systemClock,
  type Clock,
  type EvalSummary,
  type ExperimentStore,
  type SampleRecord,
  type StoreProblem,
} from '@evals/core'
import { openLog, type ExperimentLog } from '@evals/storage'
import type { RowChunk, SampleAddress, ShownDocument } from '@evals/dashboard'
import { costOf } from './experiment-overview.ts'
import { pause } from './pause.ts'
import { SampleIndex } from './sample-index.ts'

/** What a page that follows an experiment is told. */
export type FeedEvent =
  | { readonly type: 'rows'; readonly data: RowChunk }
  | { readonly type: 'document'; readonly data: ShownDocument }
  | { readonly type: 'problems'; readonly data: readonly StoreProblem[] }
  /** All rows up to now have been sent. */
  | { readonly type: 'caught-up'; readonly data: null }
  /** Somebody deleted the experiment. */
  | { readonly type: 'gone'; readonly data: null }

/** How a feed is opened. */
export interface FeedOptions {
  readonly store: ExperimentStore
  /** Of the store. */
  readonly url: string
  /** Absolute path that a relative path in the URL is resolved against. */
  readonly root: string
  readonly experiment: string
  /** Default: the real one. */
  readonly clock?: Clock
}

const rowsPerEvent = 2_000
/** How often a page that waits for the first reading is sent what has been read. */
const readingStepMs = 50
/** How often a running experiment is looked at, and how often its figures are computed. */
const lookMs = 500
const figuresMs = 2_000

/** One experiment as the page sees it: read once, and then only what is new, however many pages look at it. */
export class ExperimentFeed {
  readonly index: SampleIndex = new SampleIndex()
  /** Lines that cannot be read. */
  readonly problems: StoreProblem[] = []
  readonly #store: ExperimentStore
  readonly #experiment: string
  readonly #clock: Clock
  readonly #log: ExperimentLog
  #reading: Promise<void> | undefined
  #figures: { readonly version: number; readonly at: number; readonly evals: Record<string, EvalSummary> } | undefined

  private constructor({ store, experiment, clock = systemClock }: FeedOptions, log: ExperimentLog) {
    this.#store = store
    this.#experiment = experiment
    this.#clock = clock
    this.#log = log
  }

  static async open(options: FeedOptions): Promise<ExperimentFeed> {
    const { store, url, root, experiment } = options
    return new ExperimentFeed(options, await openLog(url, { root, experiment, store }))
  }

  /** Reads what is new; calls at the same time share one reading. */
  read(): Promise<void> {
    this.#reading ??= this.#readNew().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  /** The document, while a run goes on with the figures of what is recorded so far; `undefined` if there is none. */
  async document(): Promise<ShownDocument | undefined> {
    const document = await this.#store.readDocument(this.#experiment)
    if (document === undefined) return undefined
    const evals =
      document.status === 'running' ? { ...document.evals, ...(await this.#figuresSoFar()) } : document.evals
    return { ...document, evals, ...costOf(Object.values(evals)) }
  }

  /** The record that counts of a sample. */
  async record(sample: SampleAddress): Promise<SampleRecord | undefined> {
    await this.read()
    const place = this.index.placeOf(sample)
    const record = place === undefined ? undefined : await this.#log.readAt(place)
    // The experiment may have been deleted and written anew since.
    return record?.id === sample.id && evalKey(record.eval, record.variant) === sample.key ? record : undefined
  }

  /** The record of each row, in the order of the rows; `undefined` for one that is gone. */
  async *records(): AsyncGenerator<SampleRecord | undefined> {
    await this.read()
    for (const place of this.index.places()) yield this.#log.readAt(place)
  }

  /** Tells all rows behind a version, and then what is new as long as a run goes on. */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<FeedEvent> {
    let version = after
    let told: ShownDocument | undefined
    let toldFigures = this.#figures
    let caughtUp = false
    let problems = 0
    while (!signal.aborted) {
      const reading = this.read().then(() => true)
      // Whoever followed may be gone when it fails.
      reading.catch(() => {})
      for (let isRead = false; !isRead && !signal.aborted;) {
        isRead = await Promise.race([reading, pause(this.#clock, readingStepMs, signal).then(() => false)])
        while (version < this.index.version && !signal.aborted) {
          const data = this.index.changesAfter(version, rowsPerEvent)
          version = data.version
          yield { type: 'rows', data }
        }
      }
      if (this.problems.length > problems) yield { type: 'problems', data: this.problems }
      problems = this.problems.length
      const document = await this.document()
      if (document === undefined) {
        yield { type: 'gone', data: null }
        return
      }
      if (told?.updatedAt !== document.updatedAt || toldFigures !== this.#figures) {
        told = document
        toldFigures = this.#figures
        yield { type: 'document', data: document }
      }
      if (!caughtUp) yield { type: 'caught-up', data: null }
      caughtUp = true
      if (document.status !== 'running') return
      await pause(this.#clock, lookMs, signal)
    }
  }

  close(): void {
    this.#log.close()
  }

  async #readNew(): Promise<void> {
    for await (const logged of this.#log.readNew((problem) => this.problems.push(problem))) this.index.add(logged)
    const document = await this.#store.readDocument(this.#experiment)
    if (document !== undefined) this.index.leaveOut(removedSamples(document))
  }

  async #figuresSoFar(): Promise<Record<string, EvalSummary>> {
    const { version } = this.index
    const before = this.#figures
    const isFresh = before !== undefined && this.#clock.now() - before.at < figuresMs
    if (before?.version === version || isFresh) return before.evals
    const evals: Record<string, EvalSummary> = {}
    for (const { identity, results } of this.index.results()) {
      const facts = { eval: identity.eval, variant: identity.variant, planned: results.length, scorers: [] }
      evals[identity.key] = await summarizeEval(facts, results)
    }
    this.#figures = { version, at: this.#clock.now(), evals }
    return evals
  }
}
