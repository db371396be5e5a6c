import type { EvalsErrorCode } from '../errors.ts'
import { isCausedBy } from './caused-by.ts'

const codes: readonly EvalsErrorCode[] = ['EVALS_BUDGET_SPENT', 'EVALS_MODEL_KEY_REFUSED', 'EVALS_SAMPLE_CANCELLED']

/**
 * Whether task or scorer failed only because the run makes no more calls: its budget is spent, the account's key was
 * refused before, or it was cancelled. Then nothing is wrong with the sample, and it can go on later.
 */
export function isStopped(thrown: unknown): boolean {
  return isCausedBy(thrown, codes)
}
