export { endpointsFixture, modelFixture } from './runtime/model-fixture.ts'
export type {
  Dataset,
  ExperimentDocument,
  Metric,
  Sample,
  SampleRecord,
  ScoreDetails,
  ScoreFunction,
  Scorer,
  ScorerInput,
  ScorerResult,
  Thresholds,
} from '@evals/core'
export { EvalsError } from '@evals/core'
export type { BatchContext } from './runtime/batch-context.ts'
export type { BatchSizing } from './runtime/batch-task.ts'
export type { EvalContext } from './runtime/eval-context.ts'
export type { EvalOptions } from './runtime/eval-options.ts'
export { evalTest } from './runtime/eval-test.ts'
export type { DeclareBatch, DeclareEval, EvalTest } from './runtime/eval-test-types.ts'
