import type { BaselineVerdict, ResultScore, SampleResult, ThresholdVerdict, Variant } from '@evals/core'

/** Name and value of a `<property>` of a test case. */
export type JunitProperty = readonly [name: string, value: string]

/** What JUnit is told of a sample; the names are those of the columns of `evals export --format csv`. */
export function sampleProperties(variant: Variant, result: SampleResult): JunitProperty[] {
  const { id, epoch, outcome, passed, scores, costUsd } = result
  return [
    ['id', id],
    ['epoch', String(epoch)],
    ...Object.entries(variant).map(([name, value]): JunitProperty => [`variant.${name}`, value]),
    ['outcome', outcome],
    ...verdict(passed),
    ...Object.entries(scores).map(([name, score]): JunitProperty => [`score.${name}`, shown(score)]),
    ...(costUsd === undefined ? [] : [['costUsd', String(costUsd)] as const]),
  ]
}

/** What JUnit is told of a threshold. */
export function thresholdProperties({ message, passed }: ThresholdVerdict): JunitProperty[] {
  return [['threshold', message], ...verdict(passed)]
}

/** What JUnit is told of the comparison with a baseline, with what it could have seen. */
export function baselineProperties({ message, passed }: BaselineVerdict): JunitProperty[] {
  return [['baseline', message], ...verdict(passed)]
}

/** Not evaluated is neither true nor false. */
function verdict(passed: boolean | null): JunitProperty[] {
  return passed === null ? [] : [['passed', String(passed)]]
}

function shown(score: ResultScore): string {
  if (score === null) return 'not scored'
  if (score === 'failed') return 'scorer failed'
  if (score === 'absent') return 'not judged'
  return String(Number(score))
}
