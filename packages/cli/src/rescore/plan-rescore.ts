import {
  evalKey,
  type ExperimentStore,
  type SampleRecord,
  type Scorer,
  type StoreProblem,
  type Variant,
} from '@evals/core'
import { EvalReading } from './eval-reading.ts'

/** One eval and variant that is scored again. */
export interface RescoredEval {
  readonly eval: string
  readonly variant: Variant
  readonly scorers: readonly Scorer[]
  /** The revision that the new records are of. */
  readonly revision: number
  /** Samples (× epochs) it has. */
  readonly size: number
  /** How many of them an interrupted rescoring has done before. */
  readonly done: number
}

/** What is to be scored again in an experiment. */
export interface RescorePlan {
  /** By `evalKey`. */
  readonly evals: ReadonlyMap<string, RescoredEval>
  /** Reads the records that are to be scored again, or taken over as they are; there is one of each sample. */
  records(): AsyncGenerator<SampleRecord, undefined>
}

/** What to plan. */
export interface RescoreRequest {
  readonly store: Pick<ExperimentStore, 'scan'>
  readonly experiment: string
  /** The scorers of an eval; empty: it is left alone. */
  scorersOf(eval_: { readonly eval: string; readonly variant: Variant }): readonly Scorer[]
  /** The revision of an eval (see `evalKey`) whose figures the experiment's document has. */
  documentedRevision(key: string): number
  readonly onProblem: (problem: StoreProblem) => void
}

/** Reads an experiment, whose lease must be held, and plans the new revision of its evals. */
export async function planRescore(request: RescoreRequest): Promise<RescorePlan> {
  const { store, experiment, onProblem } = request
  const readings = new Map<string, EvalReading>()
  let place = 0
  for await (const record of store.scan(experiment, { onProblem })) {
    const key = evalKey(record.eval, record.variant)
    let reading = readings.get(key)
    if (reading === undefined) readings.set(key, (reading = new EvalReading(record, request.scorersOf(record))))
    reading.add(record, place)
    place += 1
  }
  const evals = new Map<string, RescoredEval>()
  const wanted = new Set<number>()
  for (const [key, reading] of readings) {
    const { eval: name, variant, scorers } = reading
    if (scorers.length === 0) continue
    const { revision, size, places } = reading.todo(request.documentedRevision(key))
    evals.set(key, { eval: name, variant, scorers, revision, size, done: size - places.length })
    for (const each of places) wanted.add(each)
  }
  return { evals, records: () => readPlaces(store.scan(experiment), wanted) }
}

async function* readPlaces(
  records: AsyncIterable<SampleRecord>,
  wanted: ReadonlySet<number>,
): AsyncGenerator<SampleRecord, undefined> {
  let place = 0
  let left = wanted.size
  // What this rescoring has written itself comes after all that is wanted.
  if (left === 0) return undefined
  for await (const record of records) {
    if (wanted.has(place)) {
      left -= 1
      yield record
      if (left === 0) return undefined
    }
    place += 1
  }
  return undefined
}
