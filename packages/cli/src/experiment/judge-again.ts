import {
  judgeThreshold,
  messageOf,
  thresholdOfTitle,
  type EvalsError,
  type EvalSummary,
  type ThresholdVerdict,
} from '@evals/core'

/** Verdicts on new figures of the bounds that earlier verdicts tell of. */
export function judgeAgain(
  before: readonly ThresholdVerdict[],
  summary: EvalSummary,
  failures: readonly EvalsError[] = [],
): ThresholdVerdict[] {
  return before.map(({ threshold: title }) => judge(title, summary, failures))
}

function judge(title: string, summary: EvalSummary, failures: readonly EvalsError[]): ThresholdVerdict {
  const unjudged = (why: string): ThresholdVerdict => ({
    threshold: title,
    passed: null,
    value: null,
    message: `${title}: not judged, ${why}.`,
  })
  const threshold = thresholdOfTitle(title, Object.keys(summary.scorers))
  if (threshold === undefined) return unjudged('its bound is not known')
  const { total, missing, cancelled } = summary.samples
  if (missing + cancelled > 0) return unjudged(`${missing + cancelled} of ${total} planned samples have no result`)
  const { subject, figure } = threshold
  const failure = failures.find(({ details }) => details['scorer'] === subject && details['metric'] === figure)
  if (failure !== undefined) {
    return { threshold: title, passed: false, value: null, message: `${title}: ${failure.message}` }
  }
  try {
    return judgeThreshold(threshold, summary)
  } catch (error) {
    // A metric or a reducer of the eval, most likely.
    return unjudged(`only a run of the eval can: ${messageOf(error).replace(/\.$/, '')}`)
  }
}
