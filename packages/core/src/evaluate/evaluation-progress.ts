import type { Clock } from '../clock.ts'
import { evalKey } from '../record/eval-key.ts'
import type { Variant } from '../record/record.ts'
import { RunningMoments } from '../stats/running-moments.ts'
import type { SampleResult } from '../summary/sample-result.ts'
import type { EventSink } from './evaluation-event.ts'

const intervalMs = 250

interface Column {
  readonly variant: Variant
  readonly scorer: string
  readonly moments: RunningMoments
  isTold: boolean
}

/** Tells how far a run is and what its means are, a few times a second. */
export class EvaluationProgress {
  readonly #facts: { readonly eval: string; readonly planned: number; readonly clock: Clock; readonly emit: EventSink }
  readonly #columns = new Map<string, Column>()
  #done = 0
  #errors = 0
  #toldAtMs: number

  constructor(facts: { eval: string; planned: number; clock: Clock; emit: EventSink }) {
    this.#facts = facts
    this.#toldAtMs = facts.clock.now()
  }

  /** Counts a planned repetition in, once; cancelled ones are not done. */
  add(variant: Variant, { outcome, scores }: SampleResult): void {
    if (outcome === 'cancelled') return
    this.#done += 1
    if (outcome === 'error' || outcome === 'timeout') this.#errors += 1
    for (const [scorer, score] of Object.entries(scores)) {
      if (score === null || typeof score === 'string') continue
      const column = this.#column(variant, scorer)
      column.moments.add(Number(score))
      column.isTold = false
    }
    if (this.#facts.clock.now() - this.#toldAtMs >= intervalMs) this.tell()
  }

  /** Tells it now. */
  tell(): void {
    const { eval: name, planned, clock, emit } = this.#facts
    this.#toldAtMs = clock.now()
    emit({ type: 'run.progress', planned, done: this.#done, errors: this.#errors })
    for (const column of this.#columns.values()) {
      if (column.isTold) continue
      column.isTold = true
      const { variant, scorer, moments } = column
      emit({ type: 'metric.updated', eval: name, variant, scorer, n: moments.n, mean: moments.mean! })
    }
  }

  #column(variant: Variant, scorer: string): Column {
    const key = evalKey(scorer, variant)
    let column = this.#columns.get(key)
    if (column === undefined) {
      column = { variant, scorer, moments: new RunningMoments(), isTold: false }
      this.#columns.set(key, column)
    }
    return column
  }
}
