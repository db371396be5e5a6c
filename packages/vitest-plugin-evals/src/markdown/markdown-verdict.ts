import {
  failingErrors,
  tooManyErrors,
  type BaselineVerdict,
  type EvalSummary,
  type ExperimentDocument,
  type ThresholdVerdict,
} from '@evals/core'
import { plural } from '../terminal/format.ts'
import { withoutVerdict } from '../terminal/without-verdict.ts'
import type { MarkdownReport } from './markdown-report.ts'

/** The report in one line: what failed the run, else what could not be judged, else that all is well. */
export function verdictOf({ document, evals, comparisons }: MarkdownReport): string {
  const gates = evals.flatMap(gatesOf)
  const missed = gates.filter(({ passed }) => passed === false).length
  const open = gates.filter(({ passed }) => passed === null).length
  const compared = comparisons.flatMap(({ scores }) => scores)
  const worse = compared.filter(({ verdict }) => verdict === 'worse').length
  const failed = evals.reduce((sum, { samples }) => sum + (samples.failed ?? 0), 0)
  const broken = isOver(document) ? evals.reduce((sum, summary) => sum + failingErrors(summary), 0) : 0
  const unscored = evals.reduce(
    (sum, { samples: { error, timeout, cancelled, missing } }) => sum + error + timeout + cancelled + missing,
    -broken,
  )
  const failedScores = evals
    .flatMap(({ scorers }) => Object.values(scorers))
    .reduce((sum, scorer) => sum + scorer.failed, 0)
  const unjudged = evals.reduce((sum, summary) => sum + withoutVerdict(summary), 0)
  const undeclared = document.undeclared?.length ?? 0
  const failing = evals.filter((summary) => tooManyErrors(summary) !== undefined).length
  const problems = [
    ...(undeclared > 0 ? [`${plural(undeclared, 'eval')} could not be declared`] : []),
    ...(failing > 0 ? [`${plural(failing, 'eval')} with too many errors`] : []),
    ...(missed > 0 ? [`${missed} of ${plural(gates.length, 'gate')} missed`] : []),
    ...(failed > 0 ? [`${plural(failed, 'sample')} failed`] : []),
    ...(broken > 0 ? [`${plural(broken, 'sample')} ended in an error or a timeout`] : []),
    ...(failedScores > 0 ? [`${plural(failedScores, 'score')} failed`] : []),
    ...(unjudged > 0 ? [`${plural(unjudged, 'sample')} without a verdict`] : []),
    ...(worse > 0 ? [`${plural(worse, 'score')} worse`] : []),
  ]
  const doubts = [
    ...(document.status === 'running' ? ['a run goes on, or was killed'] : []),
    ...(document.status === 'interrupted' ? ['interrupted'] : []),
    ...(document.status === 'partial' ? ['not all samples ran'] : []),
    ...(document.status === 'completed-with-errors' ? ['completed with errors'] : []),
    ...(open > 0 ? [`${plural(open, 'gate')} not judged`] : []),
    ...(unscored > 0 ? [`${plural(unscored, 'sample')} without a result`] : []),
  ]
  if (problems.length > 0) return `❌ ${[...problems, ...doubts].join(', ')}`
  if (doubts.length > 0) return `⚠️ ${doubts.join(', ')}`
  if (gates.length > 0)
    return `✅ ${gates.length === 1 ? 'the gate holds' : `all ${plural(gates.length, 'gate')} hold`}`
  return compared.length > 0 ? '✅ nothing is worse' : 'No threshold and no baseline was asked for'
}

/** Before the run has ended, and in a document made from records, nobody knows how many errors an eval allows. */
export function isOver({ status, rebuilt }: Pick<ExperimentDocument, 'status' | 'rebuilt'>): boolean {
  return status !== 'running' && rebuilt === undefined
}

/** What an eval was judged by. */
export function gatesOf({ thresholds, baseline }: EvalSummary): readonly (ThresholdVerdict | BaselineVerdict)[] {
  return baseline === undefined ? thresholds : [...thresholds, baseline]
}
