import { tooManyErrors, type BaselineVerdict, type EvalSummary, type ThresholdVerdict } from '@evals/core'
import { plural } from '../terminal/format.ts'
import type { MarkdownReport } from './markdown-report.ts'

/** The report in one line: what was missed, else what could not be judged, else that all is well. */
export function verdictOf({ document, evals, comparisons }: MarkdownReport): string {
  const gates = evals.flatMap(gatesOf)
  const missed = gates.filter(({ passed }) => passed === false).length
  const open = gates.filter(({ passed }) => passed === null).length
  const compared = comparisons.flatMap(({ scores }) => scores)
  const worse = compared.filter(({ verdict }) => verdict === 'worse').length
  const failed = evals.reduce((sum, { samples }) => sum + (samples.failed ?? 0), 0)
  const unscored = evals.reduce(
    (sum, { samples: { error, timeout, cancelled, missing } }) => sum + error + timeout + cancelled + missing,
    0,
  )
  const failedScores = evals
    .flatMap(({ scorers }) => Object.values(scorers))
    .reduce((sum, scorer) => sum + scorer.failed, 0)
  const undeclared = document.undeclared?.length ?? 0
  const failing = evals.filter((summary) => tooManyErrors(summary) !== undefined).length
  const problems = [
    ...(undeclared > 0 ? [`${plural(undeclared, 'eval')} could not be declared`] : []),
    ...(failing > 0 ? [`${plural(failing, 'eval')} with too many errors`] : []),
    ...(missed > 0 ? [`${missed} of ${plural(gates.length, 'gate')} missed`] : []),
    ...(failed > 0 ? [`${plural(failed, 'sample')} failed`] : []),
    ...(worse > 0 ? [`${plural(worse, 'score')} worse`] : []),
  ]
  const doubts = [
    ...(document.status === 'running' ? ['a run goes on, or was killed'] : []),
    ...(document.status === 'interrupted' ? ['interrupted'] : []),
    ...(document.status === 'partial' ? ['not all samples ran'] : []),
    ...(document.status === 'completed-with-errors' ? ['completed with errors'] : []),
    ...(failedScores > 0 ? [`${plural(failedScores, 'score')} failed`] : []),
    ...(open > 0 ? [`${plural(open, 'gate')} not judged`] : []),
    ...(unscored > 0 ? [`${plural(unscored, 'sample')} without a result`] : []),
  ]
  if (problems.length > 0) return `❌ ${[...problems, ...doubts].join(', ')}`
  if (doubts.length > 0) return `⚠️ ${doubts.join(', ')}`
  if (gates.length > 0)
    return `✅ ${gates.length === 1 ? 'the gate holds' : `all ${plural(gates.length, 'gate')} hold`}`
  return compared.length > 0 ? '✅ nothing is worse' : 'No threshold and no baseline was asked for'
}

/** What an eval was judged by. */
export function gatesOf({ thresholds, baseline }: EvalSummary): readonly (ThresholdVerdict | BaselineVerdict)[] {
  return baseline === undefined ? thresholds : [...thresholds, baseline]
}
