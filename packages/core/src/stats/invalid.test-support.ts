import { expect } from 'vitest'

/** Matches the error of every statistic for numbers it is not defined for. */
export const invalid: unknown = expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' })
