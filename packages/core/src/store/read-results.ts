import { evalKey } from '../record/eval-key.ts'
import type { SampleRecord } from '../record/record.ts'
import { ResultSet } from '../summary/result-set.ts'
import { toSampleResult } from '../summary/sample-result.ts'
import type { ExperimentStore, ScanFilter } from './experiment-store.ts'

/** What to read of an experiment. */
export interface ResultsFilter extends Pick<ScanFilter, 'onProblem'> {
  /** Only records for which this is true. */
  readonly include?: (record: SampleRecord) => boolean
}

/** The compact results of an experiment by eval and variant (see `evalKey`), the winning one of each sample. */
export async function readResults(
  store: ExperimentStore,
  experiment: string,
  { include = () => true, onProblem }: ResultsFilter = {},
): Promise<Map<string, ResultSet>> {
  const results = new Map<string, ResultSet>()
  for await (const record of store.scan(experiment, onProblem === undefined ? {} : { onProblem })) {
    if (!include(record)) continue
    const key = evalKey(record.eval, record.variant)
    let set = results.get(key)
    if (set === undefined) results.set(key, (set = new ResultSet()))
    set.add(toSampleResult(record))
  }
  return results
}
