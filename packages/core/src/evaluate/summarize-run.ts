import { selectsAll } from '../dataset/select-samples.ts'
import type { EvalsError } from '../errors.ts'
import { messageOf } from '../errors.ts'
import type { SampleRecord } from '../record/record.ts'
import { declareScorers } from '../scoring/declare-scorers.ts'
import type { EvalSummary, ThresholdVerdict } from '../summary/eval-summary.ts'
import { summarizeEval, verdictOf, type EvalFacts } from '../summary/summarize-eval.ts'
import { judgeThreshold, type Threshold } from '../summary/threshold.ts'
import { computeMetrics } from './compute-metrics.ts'
import { currentRecords } from './current-records.ts'
import type { EvalRun, PlannedEvals } from './eval-run.ts'
import type { EvaluationSettings } from './evaluation-settings.ts'

/** The figures of what counts so far, without metrics and thresholds. */
export async function summarizeStart(
  settings: EvaluationSettings,
  { planned, dataset }: PlannedEvals,
  run: EvalRun,
): Promise<EvalSummary> {
  const summary = await summarizeEval(factsOf(settings, run, planned.length), run.resume.results.values())
  return { ...summary, ...removedOf(settings, run), dataset, fingerprint: run.resume.fingerprint }
}

/** All figures of one combination at the end of its run, and the metrics that failed. */
export async function summarizeEnd(
  settings: EvaluationSettings,
  evals: PlannedEvals,
  { run, experiment }: { readonly run: EvalRun; readonly experiment: string },
): Promise<{ readonly summary: EvalSummary; readonly failures: readonly EvalsError[] }> {
  const { name, store, samplePlan, thresholds } = settings
  const { values: metrics, failures } = await computeMetrics(samplePlan.scorers, async () => {
    const wanted = { eval: name, variants: [run.variant], planned: evals.plannedKeys }
    const scored: SampleRecord[] = []
    for await (const record of currentRecords(store, experiment, wanted)) {
      if (record.outcome === 'scored') scored.push(record)
    }
    return scored
  })
  const facts = { ...factsOf(settings, run, evals.planned.length), metrics }
  const summary = await summarizeEval(facts, run.resume.results.values())
  const verdicts = thresholds.map((threshold) => judge(threshold, summary, failures))
  return {
    summary: {
      ...summary,
      ...removedOf(settings, run),
      thresholds: verdicts,
      verdict: verdictOf(verdicts),
      dataset: evals.dataset,
      fingerprint: run.resume.fingerprint,
    },
    failures,
  }
}

function removedOf({ selection }: EvaluationSettings, { resume }: EvalRun): Pick<EvalSummary, 'removed'> {
  return selectsAll(selection) ? { removed: resume.drift?.removed ?? [] } : {}
}

function factsOf({ name, samplePlan }: EvaluationSettings, { variant }: EvalRun, planned: number): EvalFacts {
  return { eval: name, variant, planned, scorers: declareScorers(samplePlan.scorers) }
}

function judge(threshold: Threshold, summary: EvalSummary, failures: readonly EvalsError[]): ThresholdVerdict {
  const { title, subject, figure } = threshold
  const unjudged = { threshold: title, value: null }
  const { total, missing, cancelled } = summary.samples
  if (missing + cancelled > 0) {
    const message = `${title}: not judged, ${missing + cancelled} of ${total} planned samples have no result.`
    return { ...unjudged, passed: null, message }
  }
  const failure = failures.find(({ details }) => details['scorer'] === subject && details['metric'] === figure)
  if (failure !== undefined) return { ...unjudged, passed: false, message: `${title}: ${failure.message}` }
  try {
    return judgeThreshold(threshold, summary)
  } catch (error) {
    return { ...unjudged, passed: false, message: `${title}: ${messageOf(error)}` }
  }
}
