import {
  canonicalHash,
  createCallCache,
  evaluate,
  useRequestEngine,
  type DatasetContext,
  type Evaluation,
  type ExperimentStore,
  type LanguageModel,
  type Scorer,
} from '@evals/core'
import { openCache } from '@evals/storage'
import type { BenchFlags } from '../commands/bench.ts'
import { interruptible } from '../experiment/interruptible.ts'
import { storageUrl, withStore } from '../experiment/storage.ts'
import { note } from '../terminal/output.ts'
import { followProgress } from './follow-progress.ts'
import { loadTemplate, type PromptTemplate } from './prompt-template.ts'
import { readDataset, type DatasetFile, type FileRow } from './read-dataset.ts'
import { readModels } from './read-models.ts'
import { readScorers } from './read-scorers.ts'
import { isFlawed, writeResults } from './write-results.ts'

/**
 * Asks models the rows of a file and scores their answers.
 * @throws EvalsError for wrong options, before any model is called
 */
export async function runBench(path: string, flags: BenchFlags): Promise<void> {
  // Loads the .env files, which may hold keys.
  const url = await storageUrl(flags)
  const bench: Bench = {
    dataset: readDataset(path),
    models: readModels(flags.models),
    scorers: readScorers(flags.scorers),
    template: await loadTemplate(flags.prompt, flags.expected),
    flags,
  }
  if (flags.cache) {
    const cache = await openCache(url, { root: process.cwd() })
    useRequestEngine({ cache: createCallCache({ store: cache, mode: 'on' }) })
  }
  await withStore(flags, (store) =>
    interruptible(async (signal) => {
      const evaluation = await run(bench, store, signal)
      const { experiment, summaries } = evaluation
      await writeResults(evaluation, { location: store.describe(experiment), json: flags.json === true })
      if (signal.aborted) {
        process.exitCode = 130
        note(`Go on: add --experiment ${JSON.stringify(experiment)} to the same command.`)
      } else if (summaries.some(isFlawed)) {
        process.exitCode = 1
        note(`All errors: evals show ${JSON.stringify(experiment)} --errors`)
      }
    }),
  )
}

type Columns = Exclude<FileRow, string>

interface Bench {
  readonly dataset: DatasetFile
  readonly models: Readonly<Record<string, () => LanguageModel>>
  readonly scorers: readonly Scorer[]
  readonly template: PromptTemplate
  readonly flags: BenchFlags
}

async function run(
  { dataset, models, scorers, template, flags }: Bench,
  store: ExperimentStore,
  signal: AbortSignal,
): Promise<Evaluation> {
  const { expected, epochs, limit, experiment, resume, budgetUsd } = flags
  const prompts = new Map<FileRow, string>()
  const progress = await followProgress()
  try {
    return await evaluate({
      name: dataset.name,
      async *data(context: DatasetContext): AsyncGenerator<Columns> {
        let number = 0
        for await (const row of dataset.rows(context)) {
          number += 1
          // All prompts are made before the first is asked.
          prompts.set(row, template.render(row, number))
          // A text has no columns that an option could name, and is told so.
          yield row as Columns
        }
      },
      task: (row, context) => context.model.generate(prompts.get(row)!, { signal: context.signal }),
      variants: { model: models },
      scorers,
      version: canonicalHash(template.text).slice(0, 16),
      store,
      signal,
      onEvent: progress.onEvent,
      ...(expected === undefined ? {} : { expected }),
      ...(epochs === undefined ? {} : { epochs }),
      ...(limit === undefined ? {} : { selection: { limit } }),
      ...(experiment === undefined ? {} : { experiment }),
      ...(resume === undefined ? {} : { resume }),
      ...(budgetUsd === undefined ? {} : { budgetUsd }),
    })
  } finally {
    progress.stop()
  }
}
