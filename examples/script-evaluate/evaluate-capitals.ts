import { evaluate, type Evaluation, type EventSink } from '@evals/core'
import { exactMatch } from '@evals/core/scorers'
import { openai } from '@evals/providers/openai'
import { openStore } from '@evals/storage'
import { capitals } from './capitals.ts'

/** Where the evaluation asks and where its records go. */
export interface CapitalsOptions {
  /** Folder of the store. */
  readonly folder: string
  /** Of an API that speaks OpenAI's wire format. */
  readonly baseURL: string
  readonly signal?: AbortSignal
  readonly onEvent?: EventSink
}

/** Asks a model for capitals, in the experiment `nightly`: what is there already is not asked again. */
export async function evaluateCapitals({ folder, baseURL, ...options }: CapitalsOptions): Promise<Evaluation> {
  const store = await openStore(`json://${folder}`, { root: folder, writer: 'main' })
  const model = openai('gpt-5-mini', { baseURL, apiKey: 'simulated' })
  try {
    return await evaluate({
      name: 'capitals',
      data: capitals,
      task: ({ country }) => model.generate(`What is the capital of ${country}? Answer with its name only.`),
      scorers: [exactMatch({ trim: true })],
      thresholds: { exactMatch: 0.5 },
      concurrency: 2,
      version: 'prompt 1',
      store,
      experiment: 'nightly',
      ...options,
    })
  } finally {
    await store.close()
  }
}
