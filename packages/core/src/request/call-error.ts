import { EvalsError, type EvalsErrorCode } from '../errors.ts'
import type { RateLimits } from '../limiter/rate-headers.ts'
import type { StoredError } from '../record/record.ts'

/**
 * What went wrong with a model call, and so whether it is tried again: `refused` (429: until `maxWait`), `fault` (server,
 * network, broken answer: five times), `timeout` (ours: once), `fatal` (never).
 */
export type CallFault = 'refused' | 'fault' | 'timeout' | 'fatal'

/** Facts of a {@link ModelCallError}. */
export interface CallErrorFacts {
  readonly fault: CallFault
  /** For example `openai:gpt-5-mini`. */
  readonly model: string
  readonly status?: number
  readonly requestId?: string
  readonly limits?: RateLimits
  readonly cause?: unknown
}

/** A failed attempt at a model call. */
export class ModelCallError extends EvalsError {
  readonly fault: CallFault
  readonly limits: RateLimits
  /** The failures before this one, oldest first. */
  attempts: readonly StoredError[] = []

  constructor(code: EvalsErrorCode, message: string, { fault, limits = {}, cause, ...details }: CallErrorFacts) {
    super(code, message, { cause, details: { ...details, fault } })
    this.fault = fault
    this.limits = limits
  }
}
