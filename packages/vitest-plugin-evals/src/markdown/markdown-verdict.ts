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
export function verdictOf(report: MarkdownReport): string {
  const [problems, doubts] = [problemsOf(report), doubtsOf(report)]
  if (problems.length > 0) return `❌ ${[...problems, ...doubts].join(', ')}`
  if (doubts.length > 0) return `⚠️ ${doubts.join(', ')}`
  const gates = report.evals.flatMap(gatesOf)
  if (gates.length > 0)
    return `✅ ${gates.length === 1 ? 'the gate holds' : `all ${plural(gates.length, 'gate')} hold`}`
  const isCompared = report.comparisons.some(({ scores }) => scores.length > 0)
  return isCompared ? '✅ nothing is worse' : 'No threshold and no baseline was asked for'
}

/** What fails a run, and scores that are worse. */
function problemsOf({ document, evals, comparisons }: MarkdownReport): string[] {
  const gates = evals.flatMap(gatesOf)
  const missed = gates.filter(({ passed }) => passed === false).length
  const scorers = evals.flatMap((summary) => Object.values(summary.scorers))
  const compared = comparisons.flatMap(({ scores }) => scores)
  const undeclared = document.undeclared?.length ?? 0
  const failing = evals.filter((summary) => tooManyErrors(summary) !== undefined).length
  const failed = sumOf(evals, ({ samples }) => samples.failed ?? 0)
  const broken = brokenSamples(document, evals)
  const failedScores = sumOf(scorers, (scorer) => scorer.failed)
  const unjudged = sumOf(evals, withoutVerdict)
  const worse = compared.filter(({ verdict }) => verdict === 'worse').length
  return [
    ...(undeclared > 0 ? [`${plural(undeclared, 'eval')} could not be declared`] : []),
    ...(failing > 0 ? [`${plural(failing, 'eval')} with too many errors`] : []),
    ...(missed > 0 ? [`${missed} of ${plural(gates.length, 'gate')} missed`] : []),
    ...(failed > 0 ? [`${plural(failed, 'sample')} failed`] : []),
    ...(broken > 0 ? [`${plural(broken, 'sample')} ended in an error or a timeout`] : []),
    ...(failedScores > 0 ? [`${plural(failedScores, 'score')} failed`] : []),
    ...(unjudged > 0 ? [`${plural(unjudged, 'sample')} without a verdict`] : []),
    ...(worse > 0 ? [`${plural(worse, 'score')} worse`] : []),
  ]
}

const unwell: Readonly<Partial<Record<ExperimentDocument['status'], string>>> = {
  running: 'a run goes on, or was killed',
  interrupted: 'interrupted',
  partial: 'not all samples ran',
  'completed-with-errors': 'completed with errors',
}

function doubtsOf({ document, evals }: MarkdownReport): string[] {
  const open = evals.flatMap(gatesOf).filter(({ passed }) => passed === null).length
  const unscored = sumOf(
    evals,
    ({ samples: { error, timeout, cancelled, missing } }) => error + timeout + cancelled + missing,
  )
  const status = unwell[document.status]
  const others = unscored - brokenSamples(document, evals)
  return [
    ...(status === undefined ? [] : [status]),
    ...(open > 0 ? [`${plural(open, 'gate')} not judged`] : []),
    ...(others > 0 ? [`${plural(others, 'sample')} without a result`] : []),
  ]
}

/** Errors and timeouts that fail the run. */
function brokenSamples(document: ExperimentDocument, evals: readonly EvalSummary[]): number {
  return isOver(document) ? sumOf(evals, failingErrors) : 0
}

function sumOf<T>(all: readonly T[], count: (one: T) => number): number {
  return all.reduce((sum, one) => sum + count(one), 0)
}

/** Before the run has ended, and in a document made from records, nobody knows how many errors an eval allows. */
export function isOver({ status, rebuilt }: Pick<ExperimentDocument, 'status' | 'rebuilt'>): boolean {
  return status !== 'running' && rebuilt === undefined
}

/** What an eval was judged by. */
export function gatesOf({ thresholds, baseline }: EvalSummary): readonly (ThresholdVerdict | BaselineVerdict)[] {
  return baseline === undefined ? thresholds : [...thresholds, baseline]
}
