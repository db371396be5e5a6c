import { existsSync, statSync } from 'node:fs'
import { EvalsError, newestExperiment, type ExperimentDocument, type ExperimentStore } from '@evals/core'
import { openStore } from '@evals/storage'
import { notInStore } from '../experiment/not-in-store.ts'

/** An experiment to merge, in its open store. */
export interface MergeSource {
  readonly store: ExperimentStore
  readonly document: ExperimentDocument
  /** What it was called on the command line. */
  readonly name: string
  /** Closes the store, unless it is the target's. */
  close(): void | Promise<void>
}

/**
 * Opens what `FROM` names: `EXPERIMENT` of the target's store, or `STORE#EXPERIMENT`, where `STORE` is a URL, a folder, or
 * an SQLite file. An experiment whose own name has a `#` is found in the target's store by its whole name.
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, `EVALS_USAGE_INVALID`, `EVALS_STORAGE_UNKNOWN`
 */
export async function openSource(name: string, target: ExperimentStore): Promise<MergeSource> {
  const own = await findExperiment(target, name)
  if (own !== undefined) return { store: target, document: own, name, close: () => {} }
  const hash = name.lastIndexOf('#')
  if (hash <= 0) throw await notInStore(target, name)
  const url = storeUrl(name.slice(0, hash))
  const store = await openStore(url, { root: process.cwd(), writer: 'cli' })
  const experiment = name.slice(hash + 1)
  const document = await findExperiment(store, experiment)
  if (document !== undefined) return { store, document, name, close: () => store.close() }
  const error = await notInStore(store, experiment)
  await store.close()
  throw error
}

async function findExperiment(store: ExperimentStore, name: string): Promise<ExperimentDocument | undefined> {
  const wanted = name === 'last' ? await newestExperiment(store) : name
  return wanted === undefined || wanted === '' ? undefined : store.readDocument(wanted)
}

function storeUrl(text: string): string {
  if (/^[a-z]+:\/\//.test(text)) return text
  if (!existsSync(text)) {
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      `There is no folder or file ${text}.\nName an experiment of another store as STORE#EXPERIMENT, such as ./shard-1/.evals#prod.`,
    )
  }
  return `${statSync(text).isDirectory() ? 'json' : 'sqlite'}://${text}`
}
