export type {
  Dataset,
  Metric,
  Sample,
  SampleRecord,
  ScoreFunction,
  Scorer,
  ScorerInput,
  ScorerResult,
  Thresholds,
} from '@evals/core'
export { EvalsError } from '@evals/core'
export type { EvalContext } from './runtime/eval-context.ts'
export type { EvalOptions } from './runtime/eval-options.ts'
export { evalTest } from './runtime/eval-test.ts'
export type { DeclareEval, EvalTest } from './runtime/eval-test-types.ts'
