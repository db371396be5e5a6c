import type { EvalSummary, ExperimentDocument } from '@evals/core'
import { readStoredSide } from '@evals/core/stats'
import { readAnswers, sampleKey } from './changed-answers.ts'
import { comparedScores, judgedScores, type ComparedScore, type ExperimentSource } from './compared-scores.ts'
import type { MarkdownComparison, MarkdownFlip } from './markdown-report.ts'
import { renderMarkdown } from './render-markdown.ts'

/** An experiment to write about. */
export interface MarkdownRequest extends ExperimentSource {
  readonly document: ExperimentDocument
  readonly evals: readonly EvalSummary[]
  /** To compare with, instead of the baselines that the evals were judged by. */
  readonly base?: ExperimentDocument
}

/** Changed samples that are shown in all: a comment on GitHub holds 65,536 characters. */
const shownFlips = 40

/**
 * The report of an experiment as Markdown, with the answers of samples that changed.
 * @throws EvalsError `EVALS_COMPARISON_INVALID` where it cannot be compared with `base`
 */
export async function experimentMarkdown(request: MarkdownRequest): Promise<string> {
  const { document, evals } = request
  let left = shownFlips
  const comparisons: MarkdownComparison[] = []
  for (const [base, scores] of await compareAll(request)) {
    comparisons.push(await withAnswers(request, { base, scores, most: left }))
    left -= comparisons.at(-1)!.scores.reduce((sum, { flips }) => sum + flips.length, 0)
  }
  return renderMarkdown({ document, evals, comparisons })
}

/** By the name of the experiment that was compared with. */
async function compareAll({
  document,
  evals,
  base,
  ...source
}: MarkdownRequest): Promise<(readonly [string, ComparedScore[]])[]> {
  const judged = evals.filter(({ baseline }) => (baseline?.scores ?? []).length > 0)
  // Without a comparison no record is read.
  if (base === undefined && judged.length === 0) return []
  const own = await readStoredSide({ store: source.store, document }, source.onProblem)
  if (base !== undefined) return [[base.experiment, await comparedScores(source, base, own)]]
  const groups = [...Map.groupBy(judged, ({ baseline }) => baseline!.experiment)]
  return Promise.all(
    groups.map(async ([name, group]) => [name, await judgedScores(source, name, { own, evals: group })] as const),
  )
}

/** Puts the answers of both experiments to the samples that changed. @param most samples in all */
async function withAnswers(
  { store, document }: MarkdownRequest,
  { base, scores, most }: { readonly base: string; readonly scores: readonly ComparedScore[]; readonly most: number },
): Promise<MarkdownComparison> {
  const found = (way: 'toWorse' | 'toBetter') =>
    scores.flatMap(({ changed: each }, score) => each[way].map((flip) => ({ score, flip })))
  // There is not room for all, and what got worse has to be seen.
  const changed = [...found('toWorse'), ...found('toBetter')].slice(0, most)
  const keyOf = ({ score, flip }: (typeof changed)[number]): string => sampleKey(scores[score]!.eval, flip.id)
  const wanted = new Set(changed.map(keyOf))
  const before = await readAnswers(store, base, wanted)
  const now = await readAnswers(store, document.experiment, wanted)
  const flipsOf = (score: number): MarkdownFlip[] =>
    changed
      .filter((each) => each.score === score)
      .map((each) => {
        const [old, own] = [before.get(keyOf(each)), now.get(keyOf(each))]
        return { ...each.flip, input: own?.input, baseOutput: old?.output, otherOutput: own?.output }
      })
  return { base, scores: scores.map(({ changed: _changed, ...score }, index) => ({ ...score, flips: flipsOf(index) })) }
}
