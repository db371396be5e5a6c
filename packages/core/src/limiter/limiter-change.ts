import type { LimitChange } from './connection-controller.ts'

/** One change of what a limiter lets through, as `experiment.json` keeps it. */
export interface LimiterChange {
  /** ISO time. */
  readonly at: string
  /** Provider, model and account. */
  readonly key: string
  /** Calls that may be in flight from then on. */
  readonly connections: number
  readonly reason: LimitChange
}
