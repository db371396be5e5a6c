import { EvalsError } from '@evals/core'
import { baselineExpected, isBaseline } from '../baseline-option.ts'

/** @throws EvalsError `EVALS_OPTION_INVALID` */
export function checkBaseline(baseline: unknown): void {
  if (baseline === undefined || isBaseline(baseline)) return
  throw new EvalsError(
    'EVALS_OPTION_INVALID',
    `The option "baseline" of an eval is ${JSON.stringify(baseline)}; it must be ${baselineExpected}.`,
    { details: { option: 'baseline', value: baseline } },
  )
}
