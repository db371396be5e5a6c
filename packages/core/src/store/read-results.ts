import { evalKey } from '../record/eval-key.ts'
import type { SampleRecord, Variant } from '../record/record.ts'
import { ResultSet } from '../summary/result-set.ts'
import { toSampleResult } from '../summary/sample-result.ts'
import type { ExperimentStore, ScanFilter } from './experiment-store.ts'
import type { WhatCounts } from './what-counts.ts'

/** What to read of an experiment. Default: all that is recorded, see `whatCounts`. */
export interface ResultsFilter extends ScanFilter, Partial<WhatCounts> {
  /** Only records for which this is true. */
  readonly include?: (record: SampleRecord) => boolean
}

/** The results of one eval and variant. */
export interface EvalResults {
  readonly eval: string
  readonly variant: Variant
  /** Of each sample the one that counts. */
  readonly results: ResultSet
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
  const evals = new Map<string, EvalResults>()
  const judges = new Map<string, Set<string>>()
  for await (const record of store.scan(experiment, filter)) {
    if (!include(record)) continue
    const { eval: name, variant } = record
    const key = evalKey(name, variant)
    let found = evals.get(key)
    if (found === undefined) {
      evals.set(key, (found = { eval: name, variant, results: new ResultSet() }))
      judges.set(key, new Set())
    }
    found.results.add(toSampleResult(record))
    for (const scorer of Object.keys(record.scorers ?? {})) judges.get(key)!.add(scorer)
  }
  // Not sooner: of the samples of a revision none may be missing.
  for (const [key, samples] of removed) evals.get(key)?.results.remove([...samples])
  for (const [key, counting] of scorers) {
    evals.get(key)?.results.leaveOutScorers([...judges.get(key)!].filter((name) => !counting.has(name)))
  }
  return evals
}
