import type { FailedTest } from './failure-groups.ts'

/** A sample's test that failed with this error. */
export function failedTest(id: string, error: { message: string; name?: string; code?: string }): FailedTest {
  return {
    name: `qa › ${id}`,
    meta: () => ({ evals: { id, epoch: 0, outcome: 'error', passed: null, scores: {}, durationMs: 1 } }),
    result: () => ({ state: 'failed', errors: [{ stacks: [], ...error }] }),
  }
}
