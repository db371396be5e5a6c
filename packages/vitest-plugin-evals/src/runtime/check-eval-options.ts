import { didYouMean, EvalsError } from '@evals/core'
import { baselineExpected, isBaseline } from '../baseline-option.ts'
import { longestMs } from '../option-definitions.ts'
import { checkLimits } from './check-limits.ts'
import { checkReducers } from './check-reducers.ts'
import type { AnyEvalOptions, EvalOptions } from './eval-options.ts'
import { optionInvalid } from './option-invalid.ts'

const known: Readonly<Record<keyof EvalOptions<unknown, unknown>, true>> = {
  allowEmpty: true,
  baseline: true,
  cluster: true,
  concurrency: true,
  epochs: true,
  expected: true,
  id: true,
  input: true,
  limits: true,
  maxErrorRate: true,
  metadata: true,
  only: true,
  passWhen: true,
  reducer: true,
  retries: true,
  sampleTimeout: true,
  scorers: true,
  skip: true,
  tags: true,
  thresholds: true,
  title: true,
  version: true,
}
const names = Object.keys(known)

/** @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID` */
export function checkEvalOptions(options: AnyEvalOptions): void {
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    throw new EvalsError(
      'EVALS_OPTION_UNKNOWN',
      `Unknown option "${name}" of an eval.${didYouMean(name, names)} The options are ${names.join(', ')}.`,
      { details: { option: name } },
    )
  }
  if (options.scorers !== undefined && !Array.isArray(options.scorers)) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      'The option "scorers" of an eval must be a list: scorers: [exactMatch()].',
    )
  }
  const { version, baseline } = options
  if (version !== undefined && (typeof version !== 'string' || version === '')) {
    throw optionInvalid('version', version, "a text such as '2026-01'")
  }
  if (baseline !== undefined && !isBaseline(baseline)) throw optionInvalid('baseline', baseline, baselineExpected)
  checkLimits(options.limits)
  checkReducers(options)
  requireNumber(options, 'epochs', { least: 1, whole: true })
  requireNumber(options, 'concurrency', { least: 1, whole: true })
  requireNumber(options, 'retries', { least: 0, whole: true })
  requireNumber(options, 'sampleTimeout', { least: 0, whole: false, greatest: longestMs })
  requireNumber(options, 'maxErrorRate', { least: 0, whole: false, greatest: 1 })
}

function requireNumber(
  options: AnyEvalOptions,
  name: 'epochs' | 'concurrency' | 'retries' | 'sampleTimeout' | 'maxErrorRate',
  { least, whole, greatest = Number.MAX_SAFE_INTEGER }: { least: number; whole: boolean; greatest?: number },
): void {
  const value: unknown = options[name]
  if (value === undefined) return
  const valid = typeof value === 'number' && value >= least && value <= greatest && (!whole || Number.isInteger(value))
  if (valid) return
  const most = greatest === Number.MAX_SAFE_INTEGER ? '' : ` to ${greatest}`
  throw optionInvalid(name, value, `a ${whole ? 'whole ' : ''}number from ${least}${most}`)
}
