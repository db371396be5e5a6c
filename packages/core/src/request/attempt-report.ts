import type { ResponseHeaders } from '../limiter/rate-headers.ts'
import { sharedStorage } from '../shared-value.ts'

/** What the transport saw of one attempt; vendor SDKs hide it. */
export interface AttemptReport {
  /** A request went out; without an answer to it the network failed. */
  sent?: boolean
  status?: number
  headers?: ResponseHeaders
  /** When the first byte of the answer's body came, on the clock of `performance.now()`. */
  firstByteAt?: number
}

const reports = sharedStorage<AttemptReport>('attempt-reports')

/** Runs one attempt so that the transport in it can report what it sees. */
export function withAttemptReport<Result>(report: AttemptReport, work: () => Result): Result {
  return reports.run(report, work)
}

/** The attempt whose request is being sent, if any. */
export function currentAttemptReport(): AttemptReport | undefined {
  return reports.getStore()
}
