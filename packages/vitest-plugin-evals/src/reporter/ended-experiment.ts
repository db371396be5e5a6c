import { readResults } from '@evals/core'
import { openStore } from '@evals/storage'
import { defaultStorage } from '../options.ts'
import type { ActiveRun, RunContext } from '../protocol.ts'
import { endDocument, type RunEnd } from './experiment-document.ts'
import type { Recorded } from './experiment-run.ts'
import { whileHeld } from './while-held.ts'

/** An experiment whose runs are over. */
export interface EndedExperiment extends Pick<ActiveRun, 'experiment' | 'storage'> {
  recorded(): Promise<Recorded>
  close(end: RunEnd): Promise<void>
}

/** Opens the experiment that merged reports came from; it may be on another machine, and then nothing can be read here. */
export async function openEnded(
  { root, defaults, overrides }: RunContext,
  experiment: string,
): Promise<EndedExperiment> {
  const storage = overrides.storage ?? defaults.storage ?? defaultStorage
  const store = await openStore(storage, { root, writer: 'main' })
  const isHere = (await store.readDocument(experiment)) !== undefined
  return {
    experiment,
    storage,
    async recorded() {
      const results = await readResults(store, experiment)
      return { results, touched: new Set(results.keys()) }
    },
    async close(end) {
      const update = async (): Promise<void> => {
        const document = await store.readDocument(experiment)
        if (document !== undefined) await store.writeDocument(endDocument(document, end))
      }
      try {
        if (isHere) await whileHeld(store, experiment, update)
      } finally {
        await store.close()
      }
    },
  }
}
