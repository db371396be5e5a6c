import type { ResultSet } from '@evals/core'
import type { EvalMeta } from '../protocol.ts'

/** One eval and variant of a run, as far as people are told of it. */
export interface ReportedEval {
  readonly meta: EvalMeta
  readonly results: ResultSet
}
