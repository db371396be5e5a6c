import type { ExperimentDocument } from '@evals/core'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { figuresOf } from '../show/figures-of.ts'

/** The report for a pull request, as a run in GitHub Actions writes it, compared with `base` if there is one. */
export async function toMarkdown(found: FoundExperiment, base: ExperimentDocument | undefined): Promise<string> {
  const { experimentMarkdown } = await import('vitest-plugin-evals/cli')
  const problems = new Problems()
  const request = { ...found, evals: await figuresOf(found), onProblem: problems.add }
  const text = await experimentMarkdown({ ...request, ...(base === undefined ? {} : { base }) })
  problems.report()
  return text
}
