import {
  evalKey,
  EvalsError,
  type EvalSummary,
  type ExperimentDocument,
  type ExperimentStore,
  type StoreProblem,
} from '@evals/core'
import {
  compare,
  describeVerdict,
  readStoredSide,
  toComparedSide,
  type Flips,
  type ScoreComparison,
  type StoredSide,
} from '@evals/core/stats'
import type { MarkdownScore } from './markdown-report.ts'

/** A score that was compared, with the samples that changed. */
export interface ComparedScore extends Omit<MarkdownScore, 'flips'> {
  readonly changed: Pick<Flips, 'toWorse' | 'toBetter'>
}

/** Changed samples that are looked for, of those that got worse and of those that got better. */
const maxFlips = 5

/** Where experiments are read from. */
export interface ExperimentSource {
  readonly store: Pick<ExperimentStore, 'scan' | 'readDocument'>
  /** Told about every line that cannot be read. */
  readonly onProblem: (problem: StoreProblem) => void
}

/**
 * All scores of an experiment against those of `base`.
 * @throws EvalsError `EVALS_COMPARISON_INVALID`
 */
export async function comparedScores(
  source: ExperimentSource,
  base: ExperimentDocument,
  own: StoredSide,
): Promise<ComparedScore[]> {
  const scores = await compareStored(source, base, own)
  return scores.map((score) => ({ ...toCompared(score), sentence: describeVerdict(score) }))
}

/** What the gates said of the evals that were judged by `baseline`, with the samples that changed if it is still there. */
export async function judgedScores(
  source: ExperimentSource,
  baseline: string,
  { own, evals }: { readonly own: StoredSide; readonly evals: readonly EvalSummary[] },
): Promise<ComparedScore[]> {
  const judged = new Map(
    evals.map((summary) => [evalKey(summary.eval, summary.variant), summary.baseline?.scores ?? []]),
  )
  const document = await source.store.readDocument(baseline)
  const compared = own.evals.filter(({ eval: name, variant }) => (judged.get(evalKey(name, variant)) ?? []).length > 0)
  const scores = document === undefined ? [] : await compareAgain(source, document, { ...own, evals: compared })
  const again = new Map(scores.map((score) => [scoreKey(toCompared(score)), toCompared(score)]))
  return [...judged].flatMap(([key, verdicts]) =>
    verdicts.map(({ scorer, verdict, sentence }) => {
      const {
        worse = 0,
        better = 0,
        changed = { toWorse: [], toBetter: [] },
      } = again.get(scoreKey({ eval: key, scorer })) ?? {}
      return { eval: key, scorer, verdict, sentence, worse, better, changed }
    }),
  )
}

/** What is stored may hold scores that the gates did not look at, and that cannot be compared; the verdicts stay. */
async function compareAgain(...sides: Parameters<typeof compareStored>): Promise<readonly ScoreComparison[]> {
  try {
    return await compareStored(...sides)
  } catch (error) {
    if (EvalsError.isInstance(error) && error.code === 'EVALS_COMPARISON_INVALID') return []
    throw error
  }
}

async function compareStored(
  { store, onProblem }: ExperimentSource,
  document: ExperimentDocument,
  own: StoredSide,
): Promise<readonly ScoreComparison[]> {
  const base = await readStoredSide({ store, document }, onProblem)
  return (await compare(toComparedSide(base), toComparedSide(own), { maxFlips })).scores
}

function toCompared({ eval: name, variant, scorer, verdict, flips }: ScoreComparison): Omit<ComparedScore, 'sentence'> {
  const { worse, better } = flips
  return { eval: evalKey(name, variant), scorer, verdict, worse, better, changed: flips }
}

function scoreKey({ eval: key, scorer }: Pick<ComparedScore, 'eval' | 'scorer'>): string {
  return `${key}\n${scorer}`
}
