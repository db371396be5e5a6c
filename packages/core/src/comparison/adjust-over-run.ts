import { adjustPValues } from '../stats/adjust-p-values.ts'
import type { BaselineScore } from './baseline-verdict.ts'
import { judgeVerdict } from './judge-verdict.ts'

/**
 * Judges all scores of a run that were compared with a baseline once more, together: with many evals some gate is missed
 * by chance, and this is what is left when that is allowed for (Holm over all tests of the run).
 */
export function adjustOverRun(scores: readonly BaselineScore[]): BaselineScore[] {
  const adjusted = adjustPValues(
    scores.map(({ pValue }) => pValue),
    'holm',
  )
  const tests = adjusted.filter((p) => p !== null).length
  return scores.map((score, index) => {
    const pAdjusted = adjusted[index]!
    return { ...score, inRun: { tests, pAdjusted, verdict: judgeVerdict({ ...score, pAdjusted }) } }
  })
}
