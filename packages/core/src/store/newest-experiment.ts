import type { ExperimentStore } from './experiment-store.ts'

/**
 * The experiment that `last` names: the newest with a record, since there is nothing to see of a run that ended before its
 * first sample; without any the newest. `undefined` for an empty store.
 */
export async function newestExperiment(store: Pick<ExperimentStore, 'list' | 'scan'>): Promise<string | undefined> {
  const names = (await store.list()).map(({ experiment }) => experiment)
  for (const name of names) if (await hasRecord(store, name)) return name
  return names[0]
}

async function hasRecord(store: Pick<ExperimentStore, 'scan'>, experiment: string): Promise<boolean> {
  const records = store.scan(experiment)[Symbol.asyncIterator]()
  const { done } = await records.next()
  await records.return?.()
  return done !== true
}
