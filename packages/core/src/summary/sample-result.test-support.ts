import type { SampleResult } from './sample-result.ts'

/** A scored result, changed by `parts`. */
export function makeResult(parts: Partial<SampleResult> = {}): SampleResult {
  return { id: 'a', epoch: 0, outcome: 'scored', passed: true, scores: {}, durationMs: 10, ...parts }
}
