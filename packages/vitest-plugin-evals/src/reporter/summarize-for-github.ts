import { appendFile } from 'node:fs/promises'
import { messageOf } from '@evals/core'
import { openStore } from '@evals/storage'
import type { Vitest } from 'vitest/node'
import type { ActiveRun } from '../protocol.ts'

/**
 * In a job of GitHub Actions adds the report of an experiment to the job's summary. What keeps it from being written is
 * told, and changes nothing about how the run ends.
 */
export async function summarizeForGithub(
  { logger }: Pick<Vitest, 'logger'>,
  root: string,
  { experiment, storage }: Pick<ActiveRun, 'experiment' | 'storage'>,
): Promise<void> {
  const path = process.env['GITHUB_STEP_SUMMARY']
  if (path === undefined || path === '') return
  try {
    const store = await openStore(storage, { root, writer: 'main' })
    try {
      const document = await store.readDocument(experiment)
      if (document === undefined) return
      const { experimentMarkdown } = await import('../markdown/experiment-markdown.ts')
      const evals = Object.values(document.evals)
      // The run has told already what cannot be read.
      await appendFile(path, await experimentMarkdown({ store, document, evals, onProblem() {} }))
    } finally {
      await store.close()
    }
  } catch (error) {
    logger.warn(`The summary of the evals could not be added to GITHUB_STEP_SUMMARY: ${messageOf(error)}`)
  }
}
