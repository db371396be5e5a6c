import type { ExperimentStore } from './experiment-store.ts'
import { scratchExperiments } from './scratch-experiments.ts'

type Store = Pick<ExperimentStore, 'list' | 'readDocument' | 'scan'>

/**
 * The experiment that `last` names: the newest with a record, since there is nothing to see of a run that ended before its
 * first sample; without any the newest. Never a scratch experiment; `undefined` for a store without another one.
 * @param options.undeclared whoever only reads wants to see that evals could not be declared, too
 */
export async function newestExperiment(
  store: Store,
  { undeclared = false }: { readonly undeclared?: boolean } = {},
): Promise<string | undefined> {
  const scratch: readonly string[] = Object.values(scratchExperiments)
  const names = (await store.list()).map(({ experiment }) => experiment).filter((name) => !scratch.includes(name))
  for (const name of names) {
    if ((await hasRecord(store, name)) || (undeclared && (await hasUndeclared(store, name)))) return name
  }
  return names[0]
}

async function hasUndeclared(store: Store, experiment: string): Promise<boolean> {
  const { undeclared = [] } = (await store.readDocument(experiment)) ?? {}
  return undeclared.length > 0
}

async function hasRecord(store: Store, experiment: string): Promise<boolean> {
  const records = store.scan(experiment)[Symbol.asyncIterator]()
  const { done } = await records.next()
  await records.return?.()
  return done !== true
}
