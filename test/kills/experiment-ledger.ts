import type { StoredLines } from './read-lines.ts'
import type { ArrivedCall } from './serve-answers.ts'

/**
 * What must never happen, however often an experiment is killed: what was known to be stored is not there; it is there
 * twice; a planned sample was never scored; a record says something else than the model did; a call was made for a sample
 * that was scored; the task was called for a sample that was answered.
 */
export type BrokenPromise = 'lost' | 'duplicated' | 'left out' | 'wrong' | 'call repeated' | 'answer repeated'

/** A promise that was broken. */
export interface Broken {
  readonly what: BrokenPromise
  readonly experiment: string
  /** Sample and epoch. */
  readonly key: string
}

/** What is known of one experiment from outside its processes, and which promises were broken. */
export class ExperimentLedger {
  /** Calls that arrived. */
  calls = 0
  /** Answers that lay there without a score when a run was killed, and were scored by the next one. */
  answersKept = 0
  readonly #experiment: string
  /** By what and sample, each once. */
  readonly #broken = new Map<string, Broken>()
  /** Answers that are stored, or must be: a scorer has called a model for them. */
  readonly #answered = new Set<string>()
  /** Samples that were said to be completed, or whose scores are stored. */
  readonly #finished = new Set<string>()

  constructor(experiment: string) {
    this.#experiment = experiment
  }

  get broken(): readonly Broken[] {
    return [...this.#broken.values()]
  }

  /** A call has arrived. */
  call({ model, key }: Pick<ArrivedCall, 'model' | 'key'>): void {
    this.calls += 1
    if (this.#finished.has(key)) this.#break('call repeated', key)
    else if (model === 'task' && this.#answered.has(key)) this.#break('answer repeated', key)
    if (model === 'judge') this.#answered.add(key)
  }

  /** The run has said that a sample is completed. */
  finish(key: string): void {
    this.#finished.add(key)
  }

  /** A run was killed: all that is known must be there, and what is there need not be paid for again. */
  compare({ lines }: StoredLines): void {
    const stored = new Set(lines.map(({ key }) => key))
    const scored = new Set(lines.filter(({ outcome }) => outcome === 'scored').map(({ key }) => key))
    for (const key of this.#answered) if (!stored.has(key)) this.#break('lost', key)
    for (const key of this.#finished) if (!scored.has(key)) this.#break('lost', key)
    this.answersKept += stored.size - scored.size
    for (const key of stored) this.#answered.add(key)
    for (const key of scored) this.#finished.add(key)
  }

  /** The experiment is completed: each planned sample was answered once and scored once, and nothing else is there. */
  close(stored: StoredLines, planned: readonly string[]): void {
    this.compare(stored)
    const outcomes = Map.groupBy(stored.lines, ({ key }) => key)
    for (const key of planned) {
      const lines = outcomes.get(key) ?? []
      for (const outcome of ['answered', 'scored']) {
        const count = lines.filter((line) => line.outcome === outcome).length
        if (count !== 1) this.#break(count === 0 ? 'left out' : 'duplicated', key)
      }
    }
    const known = new Set(planned)
    for (const { key, outcome, score } of stored.lines) {
      const isRight = outcome === 'answered' || (outcome === 'scored' && score === 1)
      if (!isRight || !known.has(key)) this.#break('wrong', key)
    }
  }

  #break(what: BrokenPromise, key: string): void {
    this.#broken.set(`${what} ${key}`, { what, experiment: this.#experiment, key })
  }
}
