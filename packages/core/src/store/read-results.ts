import { evalKey } from '../record/eval-key.ts'
import type { SampleRecord, Variant } from '../record/record.ts'
import { ResultSet } from '../summary/result-set.ts'
import { toSampleResult } from '../summary/sample-result.ts'
import type { CountingScorers } from './counting-scorers.ts'
import type { ExperimentStore, ScanFilter } from './experiment-store.ts'
import type { RemovedSamples } from './removed-samples.ts'

/** What to read of an experiment. */
export interface ResultsFilter extends ScanFilter {
  /** Only records for which this is true. */
  readonly include?: (record: SampleRecord) => boolean
  /** Samples that count no more. Default: none */
  readonly removed?: RemovedSamples
  /** Scorers that count. Default: all */
  readonly scorers?: CountingScorers
}

/** The results of one eval and variant. */
export interface EvalResults {
  readonly eval: string
  readonly variant: Variant
  /** Of each sample the one that counts. */
  readonly results: ResultSet
}

/** An eval and variant whose records are taken in one by one. */
export interface CollectedEval extends EvalResults {
  /** Names of the scorers that have judged. */
  readonly judgedBy: Set<string>
}

/** The compact results of an experiment by eval and variant (see `evalKey`), the winning one of each sample. */
export async function readResults(
  store: Pick<ExperimentStore, 'scan'>,
  experiment: string,
  filter: ResultsFilter = {},
): Promise<Map<string, ResultSet>> {
  const evals = await readEvalResults(store, experiment, filter)
  return new Map([...evals].map(([key, { results }]) => [key, results]))
}

/** As {@link readResults}, with the names of evals and variants. */
export async function readEvalResults(
  store: Pick<ExperimentStore, 'scan'>,
  experiment: string,
  { include = () => true, removed = new Map(), scorers = new Map(), ...filter }: ResultsFilter = {},
): Promise<Map<string, EvalResults>> {
  const evals = new Map<string, CollectedEval>()
  for await (const record of store.scan(experiment, filter)) {
    if (!include(record)) continue
    addRecord(evals, record)
  }
  leaveOut(evals, { removed, scorers })
  return evals
}

/** Leaves out what counts no more, when all records are taken in: of the samples of a revision none may be missing. */
export function leaveOut(
  evals: ReadonlyMap<string, CollectedEval>,
  { removed = new Map(), scorers = new Map() }: Pick<ResultsFilter, 'removed' | 'scorers'>,
): void {
  for (const [key, samples] of removed) evals.get(key)?.results.remove([...samples])
  for (const [key, counting] of scorers) {
    const { results, judgedBy = [] } = evals.get(key) ?? {}
    results?.leaveOutScorers([...judgedBy].filter((name) => !counting.has(name)))
  }
}

/** Takes one more record in. */
export function addRecord(evals: Map<string, CollectedEval>, record: SampleRecord): void {
  const { eval: name, variant, scorers = {} } = record
  const key = evalKey(name, variant)
  let found = evals.get(key)
  if (found === undefined) {
    evals.set(key, (found = { eval: name, variant, results: new ResultSet(), judgedBy: new Set() }))
  }
  found.results.add(toSampleResult(record))
  for (const scorer of Object.keys(scorers)) found.judgedBy.add(scorer)
}
