import {
  evalKey,
  ResultSet,
  summarizeEval,
  type EvalSummary,
  type SampleResult,
  type ThresholdVerdict,
} from '@evals/core'
import { leftToMerge } from '../left-to-merge.ts'
import type { BaselineMeta, EvalMeta, ThresholdMeta } from '../protocol.ts'
import { adjustBaselines } from './adjust-baselines.ts'
import type { Recorded } from './experiment-run.ts'

/** One eval and variant as the main process sees it. */
export interface BoardEntry {
  meta: EvalMeta
  results: ResultSet
  readonly verdicts: Map<string, ThresholdMeta>
  baseline?: BaselineMeta
  /** Nothing of this run has changed it: what an earlier run of the experiment found stands. */
  untouched: boolean
}

/** Gathers what the tests of a run report, eval by eval. */
export class EvalBoard {
  readonly #entries = new Map<string, BoardEntry>()

  /** By file, in each file as declared. */
  get entries(): readonly BoardEntry[] {
    const file = ({ meta }: BoardEntry): string => meta.eval.split(' > ')[0] ?? ''
    return [...this.#entries.values()].toSorted((a, b) => file(a).localeCompare(file(b), 'en'))
  }

  /** Names of the evals, whether or not any of their samples ran. */
  get declared(): ReadonlySet<string> {
    return new Set(this.entries.map(({ meta }) => meta.eval))
  }

  /** Takes in an eval's plan, or at its end what its worker found. */
  plan(meta: EvalMeta): BoardEntry {
    const key = evalKey(meta.eval, meta.variant)
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      const results = new ResultSet(meta.fingerprint.revision)
      results.leaveOutScorers(meta.removedScorers ?? [])
      this.#entries.set(key, (entry = { meta, results, verdicts: new Map(), untouched: true }))
    }
    entry.meta = meta
    // What is new, or planned otherwise, has other figures now.
    const { resumed, removed = [], removedScorers = [] } = meta
    if (resumed === undefined || removed.length + removedScorers.length > 0) entry.untouched = false
    return entry
  }

  addResult(meta: EvalMeta, result: SampleResult): void {
    this.#touch(meta).results.add(result)
  }

  addVerdict(meta: EvalMeta, verdict: ThresholdMeta): void {
    this.#touch(meta).verdicts.set(verdict.threshold, verdict)
  }

  addBaseline(meta: EvalMeta, verdict: BaselineMeta): void {
    this.#touch(meta).baseline = verdict
  }

  #touch(meta: EvalMeta): BoardEntry {
    const entry = this.plan(meta)
    entry.untouched = false
    return entry
  }

  /**
   * Takes in what is recorded but was not reported: by earlier runs, of samples that this one left out, and by this one,
   * such as the samples of a suite whose hook failed.
   */
  async addUnreported(recorded: () => Promise<Recorded>): Promise<void> {
    const lacking = this.entries.filter(({ meta, results }) => results.size < meta.planned)
    if (lacking.length === 0) return
    const { results, touched } = await recorded()
    for (const entry of lacking) {
      const key = evalKey(entry.meta.eval, entry.meta.variant)
      const stored = results.get(key)
      if (touched.has(key)) entry.untouched = false
      if (stored === undefined || stored.revision < entry.results.revision) continue
      stored.remove(entry.meta.removed ?? [])
      stored.leaveOutScorers(entry.meta.removedScorers ?? [])
      entry.results = stored
    }
  }

  /** Of all evals that this run had a part in. */
  async summaries(): Promise<EvalSummary[]> {
    const touched = this.entries.filter(({ untouched }) => !untouched)
    return adjustBaselines(await Promise.all(touched.map(summarize)))
  }

  /** Of evals none of whose samples has run yet: what they are and how much is planned. */
  planned(): Promise<EvalSummary[]> {
    return Promise.all(
      this.entries.map(({ meta }) => summarize({ meta, results: new ResultSet(), verdicts: new Map() })),
    )
  }
}

async function summarize({
  meta,
  results,
  verdicts,
  baseline: compared,
}: Pick<BoardEntry, 'meta' | 'results' | 'verdicts' | 'baseline'>): Promise<EvalSummary> {
  // Kept with the figures of a shard, so that `evals merge` knows what to judge.
  const unjudged = (meta.thresholds ?? []).filter(({ title }) => !verdicts.has(title))
  const thresholds: ThresholdVerdict[] = [
    ...[...verdicts.values()].map(withoutAsked),
    ...unjudged.map(({ title }) => ({
      threshold: title,
      passed: null,
      value: null,
      message: `${leftToMerge(title)}.`,
    })),
  ]
  const facts = { ...meta, thresholds, ...(compared === undefined ? {} : { baseline: withoutAsked(compared) }) }
  const { dataset, fingerprint, removed = [], partly } = meta
  const left = partly === true ? {} : { removed }
  return { ...(await summarizeEval(facts, results.values())), ...left, dataset, fingerprint }
}

function withoutAsked<Gate extends { readonly asked?: boolean }>({
  asked: _asked,
  ...verdict
}: Gate): Omit<Gate, 'asked'> {
  return verdict
}
