import { countsInstead } from '../record/counts-instead.ts'
import type { SampleRecord } from '../record/record.ts'
import { keyOf, ResultSet } from '../summary/result-set.ts'
import { Revisions } from '../summary/revisions.ts'
import { toSampleResult, type SampleResult } from '../summary/sample-result.ts'
import { StateReader, type StoredState } from './stored-state.ts'

/** What is stored of one sample and epoch. */
export interface SampleHistory {
  /** Of the record that counts, see `countsInstead`. */
  readonly counting: StoredState
  /** Of the newest record with an output that can be scored, if there is one. */
  readonly answer?: StoredState
}

/**
 * What is stored of one eval and variant in its newest revision, without inputs, outputs and traces: under 1 KB a sample.
 * Records are added oldest first.
 */
export class EvalHistory {
  /** What counts. */
  readonly results: ResultSet
  readonly #states: Revisions<SampleHistory>
  readonly #reader: StateReader

  /** @param reader shared by the evals of an experiment */
  constructor(revision = 0, reader: StateReader = new StateReader()) {
    this.results = new ResultSet(revision)
    this.#states = new Revisions(revision)
    this.#reader = reader
  }

  get revision(): number {
    return this.results.revision
  }

  /** Takes a newer record in. */
  add(record: SampleRecord): void {
    if (record.revision < this.revision) return
    this.results.add(toSampleResult(record))
    const state = this.#reader.read(record)
    this.#states.add(keyOf(record), record, (before) => {
      const older = before && { outcome: before.counting.facts.outcome, rowHash: before.counting.rowHash }
      const counting = before === undefined || countsInstead(record, older) ? state : before.counting
      const answer = isAnswer(record) ? state : before?.answer
      return answer === undefined ? { counting } : { counting, answer }
    })
  }

  /**
   * Scorers that gave scores which count, and are none of these.
   * @param before the scorers of the run before, if they are known: a score that has failed, and that none of them gave, is
   * one of the task
   */
  formerScorers(scorers: Readonly<Record<string, string>>, before?: Readonly<Record<string, string>>): string[] {
    const states = [...this.#states.counting.values()]
    const facts = [...new Set(states.map(({ counting }) => counting.facts))]
    const givers = new Set(facts.flatMap((each) => Object.values(each.givers)))
    const isTask = (name: string): boolean =>
      before !== undefined &&
      !Object.hasOwn(before, name) &&
      facts.some(({ unclaimed }) => unclaimed.includes(name)) &&
      !facts.some(({ judged }) => judged.has(name))
    return [...givers].filter((giver) => !Object.hasOwn(scorers, giver) && !isTask(giver))
  }

  get(sample: Pick<SampleResult, 'id' | 'epoch'>): SampleHistory | undefined {
    return this.#states.counting.get(keyOf(sample))
  }
}

/** A record whose output scorers can judge: that of an error holds what could not be stored. */
export function isAnswer(record: SampleRecord): boolean {
  return 'output' in record && record.outcome !== 'error' && record.outcome !== 'timeout'
}
