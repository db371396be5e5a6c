import { judgeThreshold, messageOf, type EvalSummary, type Threshold } from '@evals/core'
import type { ThresholdMeta } from '../protocol.ts'

/**
 * Judges a threshold that no shard could on what all of them found; `passed` is null where a merge cannot either.
 * @param summary absent where no report has a result of the eval
 */
export function judgeMerged(threshold: Threshold, summary: EvalSummary | undefined): ThresholdMeta {
  const { title } = threshold
  const unjudged = (why: string): ThresholdMeta => ({
    threshold: title,
    passed: null,
    value: null,
    message: `${title}: not judged, ${why}`,
    asked: true,
  })
  const { total, missing, cancelled } = summary?.samples ?? { total: 0, missing: 0, cancelled: 0 }
  if (summary === undefined || missing + cancelled > 0) {
    const lacking = summary === undefined ? 'the' : `${missing + cancelled} of ${total}`
    return unjudged(
      `${lacking} planned samples have no result here. Run the shards again that were interrupted, and merge the reports of all.`,
    )
  }
  try {
    return judgeThreshold(threshold, summary)
  } catch (error) {
    // A metric or a reducer of the eval, most likely.
    return unjudged(
      `only a run of the eval can: ${messageOf(error)} When one experiment has the records of all shards, run it without \`--shard\`: nothing is paid twice.`,
    )
  }
}
