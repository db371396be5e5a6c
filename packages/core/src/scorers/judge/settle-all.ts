import { unusable } from '../text-scorer.ts'

/**
 * Waits for all, so that every call is recorded, and only then fails.
 * @throws EvalsError `EVALS_SCORER_FAILED` whose `cause` holds all errors; a single error as it is
 */
export async function settleAll<Result>(scorer: string, all: readonly Promise<Result>[]): Promise<Result[]> {
  const settled = await Promise.allSettled(all)
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) {
    throw unusable(scorer, `${errors.length} of ${all.length} judges failed`, { cause: new AggregateError(errors) })
  }
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
