import { EvalsError, type EvalsErrorCode } from '../errors.ts'

/** A cause can lead back to its effect. */
const deepestCause = 5

/** Whether an error has one of these codes, or was caused by one that has: clients wrap what their `fetch` throws. */
export function isCausedBy(error: unknown, codes: readonly EvalsErrorCode[], depth = 0): boolean {
  if (!(error instanceof Error) || depth > deepestCause) return false
  if (EvalsError.isInstance(error) && codes.includes(error.code)) return true
  const { cause, errors }: { cause?: unknown; errors?: unknown } = error
  const several: readonly unknown[] = Array.isArray(errors) ? errors : []
  return [cause, ...several].some((deeper) => isCausedBy(deeper, codes, depth + 1))
}
