// An entry of its own, too: where options are read the engine is not loaded yet.
export { didYouMean } from './near-names.ts'

/** Every code an {@link EvalsError} can carry; each is explained in `docs/errors.md`. */
export type EvalsErrorCode =
  | 'EVALS_OPTION_UNKNOWN'
  | 'EVALS_OPTION_INVALID'
  | 'EVALS_EVAL_DUPLICATE'
  | 'EVALS_EVAL_INVALID'
  | 'EVALS_TASK_UNREADABLE'
  | 'EVALS_FIXTURE_NOT_NAMED'
  | 'EVALS_DATASET_EMPTY'
  | 'EVALS_DATASET_UNREADABLE'
  | 'EVALS_DATASET_ROW_INVALID'
  | 'EVALS_DATASET_TOO_LARGE'
  | 'EVALS_DATASET_UNKNOWN'
  | 'EVALS_DATASET_INVALID'
  | 'EVALS_SAMPLE_ID_DUPLICATE'
  | 'EVALS_SAMPLE_TIMEOUT'
  | 'EVALS_SAMPLE_CANCELLED'
  | 'EVALS_SETUP_FAILED'
  | 'EVALS_OUTPUT_MISSING'
  | 'EVALS_OUTPUT_UNSERIALISABLE'
  | 'EVALS_EXPECTED_MISSING'
  | 'EVALS_SCORE_INVALID'
  | 'EVALS_SCORER_DUPLICATE'
  | 'EVALS_SCORER_FAILED'
  | 'EVALS_SCORER_TIMEOUT'
  | 'EVALS_SCORER_OPTION_INVALID'
  | 'EVALS_PASS_WHEN_FALSE'
  | 'EVALS_PASS_WHEN_FAILED'
  | 'EVALS_METRIC_FAILED'
  | 'EVALS_THRESHOLD_INVALID'
  | 'EVALS_THRESHOLD_MISSED'
  | 'EVALS_BASELINE_MISSED'
  | 'EVALS_THRESHOLD_UNJUDGED'
  | 'EVALS_STATISTIC_INVALID'
  | 'EVALS_COMPARISON_INVALID'
  | 'EVALS_REDACT_FAILED'
  | 'EVALS_EXPERIMENT_NAME_INVALID'
  | 'EVALS_EXPERIMENT_UNKNOWN'
  | 'EVALS_EXPERIMENT_EXISTS'
  | 'EVALS_EXPERIMENT_DRIFTED'
  | 'EVALS_EXPERIMENT_IN_USE'
  | 'EVALS_EXPERIMENT_LEASE_LOST'
  | 'EVALS_ATTACHMENT_UNREADABLE'
  | 'EVALS_EVAL_UNKNOWN'
  | 'EVALS_SAMPLE_UNKNOWN'
  | 'EVALS_SAMPLE_FAILED_BEFORE'
  | 'EVALS_STORAGE_UNKNOWN'
  | 'EVALS_STORAGE_UNWRITABLE'
  | 'EVALS_STORAGE_UNREADABLE'
  | 'EVALS_MODEL_SCRIPT_EXHAUSTED'
  | 'EVALS_RUNTIME_MISSING'
  | 'EVALS_NODE_UNSUPPORTED'
  | 'EVALS_MODEL_REQUEST_INVALID'
  | 'EVALS_MODEL_KEY_INVALID'
  | 'EVALS_MODEL_KEY_MISSING'
  | 'EVALS_MODEL_KEY_REFUSED'
  | 'EVALS_MODEL_UNKNOWN'
  | 'EVALS_MODEL_CONTEXT_EXCEEDED'
  | 'EVALS_MODEL_REFUSED'
  | 'EVALS_MODEL_QUOTA_SPENT'
  | 'EVALS_MODEL_UNAVAILABLE'
  | 'EVALS_MODEL_ANSWER_INVALID'
  | 'EVALS_MODEL_CAPABILITY_MISSING'
  | 'EVALS_MODEL_SDK_MISSING'
  | 'EVALS_MODEL_TIMEOUT'
  | 'EVALS_MODEL_WAIT_TOO_LONG'
  | 'EVALS_LIMITER_DEADLINE'
  | 'EVALS_CIRCUIT_OPEN'
  | 'EVALS_BUDGET_SPENT'
  | 'EVALS_PRICE_UNKNOWN'
  | 'EVALS_SAMPLE_LIMIT'
  | 'EVALS_BATCH_OUTPUTS'
  | 'EVALS_SAMPLE_MAX_WAIT'
  | 'EVALS_CACHE_MISS'
  | 'EVALS_PROVIDER_UNKNOWN'
  | 'EVALS_PROVIDER_FAILED'
  | 'EVALS_USAGE_INVALID'
  | 'EVALS_OUTPUT_UNWRITABLE'
  | 'EVALS_MODULE_UNREADABLE'
  | 'EVALS_DASHBOARD_MISSING'
  | 'EVALS_VITEST_MISSING'

/** Extra facts of an {@link EvalsError}. */
export interface EvalsErrorOptions extends ErrorOptions {
  /** Facts of the failure as fields, so that nobody has to parse the message. */
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * The one error class of the project. `message` says what was expected, what came and what to do next;
 * `code` is stable and documented in `docs/errors.md`.
 */
export class EvalsError extends Error {
  override readonly name: string = 'EvalsError'
  readonly code: EvalsErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: EvalsErrorCode, message: string, options: EvalsErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.details = options.details ?? {}
  }

  /** True for an `EvalsError` of any installed copy of the package. */
  static isInstance(error: unknown): error is EvalsError {
    return error instanceof Error && error.name === 'EvalsError' && 'code' in error
  }
}

/** The message of anything that was thrown, also of values that are no `Error`. Never throws. */
export function messageOf(thrown: unknown): string {
  try {
    const hasMessage = typeof thrown === 'object' && thrown !== null && 'message' in thrown
    return String(hasMessage ? thrown.message : thrown)
  } catch {
    return 'a value that cannot be shown as text'
  }
}
