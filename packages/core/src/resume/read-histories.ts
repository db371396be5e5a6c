import { evalKey } from '../record/eval-key.ts'
import type { SampleRecord } from '../record/record.ts'
import type { ExperimentStore, ScanFilter } from '../store/experiment-store.ts'
import { EvalHistory } from './eval-history.ts'
import { StateReader } from './stored-state.ts'

/** What to read of an experiment. */
export interface HistoriesFilter extends ScanFilter {
  /** Only records for which this is true. */
  readonly include?: (record: SampleRecord) => boolean
}

/** What an experiment holds, by eval and variant (see `evalKey`), in one pass over its records. */
export async function readHistories(
  store: Pick<ExperimentStore, 'scan'>,
  experiment: string,
  { include = () => true, ...filter }: HistoriesFilter = {},
): Promise<Map<string, EvalHistory>> {
  const histories = new Map<string, EvalHistory>()
  const reader = new StateReader()
  for await (const record of store.scan(experiment, filter)) {
    if (!include(record)) continue
    const key = evalKey(record.eval, record.variant)
    let history = histories.get(key)
    if (history === undefined) histories.set(key, (history = new EvalHistory(0, reader)))
    history.add(record)
  }
  return histories
}
