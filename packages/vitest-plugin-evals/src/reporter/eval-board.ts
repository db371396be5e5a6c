import {
  evalKey,
  ResultSet,
  summarizeEval,
  type EvalSummary,
  type SampleResult,
  type ThresholdVerdict,
} from '@evals/core'
import type { EvalMeta, ThresholdMeta } from '../protocol.ts'

/** One eval and variant as the main process sees it. */
export interface BoardEntry {
  meta: EvalMeta
  readonly results: ResultSet
  readonly verdicts: Map<string, ThresholdMeta>
  /** Nothing of this run has changed it: what an earlier run of the experiment found stands. */
  untouched: boolean
}

/** Gathers what the tests of a run report, eval by eval. */
export class EvalBoard {
  readonly #entries = new Map<string, BoardEntry>()
  readonly #earlier: ReadonlyMap<string, ResultSet>

  /** @param earlier results of earlier runs of the experiment, by eval and variant */
  constructor(earlier: ReadonlyMap<string, ResultSet> = new Map()) {
    this.#earlier = earlier
  }

  /** By file, in each file as declared. */
  get entries(): readonly BoardEntry[] {
    const file = ({ meta }: BoardEntry): string => meta.eval.split(' > ')[0] ?? ''
    return [...this.#entries.values()].toSorted((a, b) => file(a).localeCompare(file(b), 'en'))
  }

  /** Takes in an eval's plan, or at its end what its worker found. */
  plan(meta: EvalMeta): BoardEntry {
    const key = evalKey(meta.eval, meta.variant)
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      const earlier = this.#earlier.get(key)
      const results = earlier ?? new ResultSet()
      results.remove(meta.removed ?? [])
      const untouched = earlier !== undefined && meta.removed === undefined
      this.#entries.set(key, (entry = { meta, results, verdicts: new Map(), untouched }))
    }
    entry.meta = meta
    return entry
  }

  addResult(meta: EvalMeta, result: SampleResult): void {
    this.#touch(meta).results.add(result)
  }

  addVerdict(meta: EvalMeta, verdict: ThresholdMeta): void {
    this.#touch(meta).verdicts.set(verdict.threshold, verdict)
  }

  #touch(meta: EvalMeta): BoardEntry {
    const entry = this.plan(meta)
    entry.untouched = false
    return entry
  }

  /** Takes in what was recorded but never reported, such as the samples of a suite whose hook failed. */
  async addUnreported(recorded: () => Promise<ReadonlyMap<string, ResultSet>>): Promise<void> {
    const lacking = this.entries.filter(({ meta, results }) => results.size < meta.planned)
    if (lacking.length === 0) return
    const all = await recorded()
    for (const { meta } of lacking) {
      for (const result of all.get(evalKey(meta.eval, meta.variant))?.values() ?? []) this.addResult(meta, result)
    }
  }

  /** Of all evals that this run had a part in. */
  summaries(): Promise<EvalSummary[]> {
    const touched = this.entries.filter(({ untouched }) => !untouched)
    return Promise.all(
      touched.map(({ meta, results, verdicts }) => {
        const thresholds: ThresholdVerdict[] = [...verdicts.values()].map(({ asked: _asked, ...verdict }) => verdict)
        return summarizeEval({ ...meta, thresholds }, results.values())
      }),
    )
  }
}
