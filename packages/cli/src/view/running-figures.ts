import { evalKey, systemClock, type Clock, type ExperimentDocument, type ExperimentStore } from '@evals/core'
import { figuresOf } from '../show/figures-of.ts'

/** Figures stay for this many times as long as it took to compute them, and for at least this many ms. */
const worth = 50
const leastMs = 2_000

interface KnownFigures {
  readonly evals: Promise<ExperimentDocument['evals']>
  /** By the clock; `Infinity` until they are computed. */
  freshUntil: number
}

/** The figures of experiments whose run goes on or was killed, which take a reading of all records: kept for a while. */
export class RunningFigures {
  readonly #store: ExperimentStore
  readonly #clock: Clock
  readonly #known = new Map<string, KnownFigures>()

  /** @param clock default: the real one */
  constructor(store: ExperimentStore, clock: Clock = systemClock) {
    this.#store = store
    this.#clock = clock
  }

  /** The document, while a run goes on with the figures of what was recorded a while ago. */
  async complete(document: ExperimentDocument): Promise<ExperimentDocument> {
    const key = `${document.createdAt} ${document.experiment}`
    if (document.status !== 'running') {
      this.#known.delete(key)
      return document
    }
    let known = this.#known.get(key)
    if (known === undefined || this.#clock.now() >= known.freshUntil) {
      known = this.#compute(document)
      this.#known.set(key, known)
      known.evals.catch(() => this.#known.delete(key))
    }
    return { ...document, evals: await known.evals }
  }

  #compute(document: ExperimentDocument): KnownFigures {
    const startedAt = this.#clock.now()
    const compute = async (): Promise<ExperimentDocument['evals']> => {
      const summaries = await figuresOf({ store: this.#store, document })
      const now = this.#clock.now()
      known.freshUntil = now + Math.max(leastMs, worth * (now - startedAt))
      return Object.fromEntries(summaries.map((summary) => [evalKey(summary.eval, summary.variant), summary]))
    }
    const known: KnownFigures = { evals: compute(), freshUntil: Infinity }
    return known
  }
}
