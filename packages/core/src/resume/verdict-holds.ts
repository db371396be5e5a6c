import { judgeValues, type PassWhen } from '../sample/judge-sample.ts'
import type { SampleResult } from '../summary/sample-result.ts'

/**
 * Whether a scored sample's recorded verdict is the one that its recorded scores get now. `passWhen` is asked again, since
 * its text would not tell what it compares with; a verdict that it fails to give never holds.
 */
export function verdictHolds({ passed, scores }: SampleResult, passWhen: PassWhen | undefined): boolean {
  const all = Object.values(scores)
  // Then nobody asks `passWhen`.
  if (all.includes('failed') || (passed === false && isWrongByAssertion(scores))) return true
  if (passWhen === undefined) return passed === true
  const values = Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [
      name,
      typeof score === 'string' || score === null ? null : Number(score),
    ]),
  )
  const verdict = judgeValues(values, { passWhen })
  return verdict.passed !== null && verdict.passed === passed
}

function isWrongByAssertion(scores: SampleResult['scores']): boolean {
  return Object.hasOwn(scores, 'assertions') && Number(scores['assertions']) === 0
}
