import { messageOf, type EvalsErrorCode } from '../errors.ts'
import { readRateLimits } from '../limiter/rate-headers.ts'
import { withoutUndefined } from '../without-undefined.ts'
import type { AttemptReport } from './attempt-report.ts'
import { ModelCallError, type CallFault } from './call-error.ts'

/** What is known of a failed attempt. */
export interface FailedAttempt {
  readonly model: string
  readonly thrown: unknown
  readonly report: AttemptReport
  readonly now: Date
}

interface Reading {
  readonly code: EvalsErrorCode
  readonly fault: CallFault
  readonly what: string
  readonly next: string
}

const readings: Readonly<Record<number, Reading>> = {
  401: { code: 'EVALS_MODEL_KEY_INVALID', fault: 'fatal', what: 'refused the API key', next: 'Set a valid key.' },
  403: {
    code: 'EVALS_MODEL_KEY_INVALID',
    fault: 'fatal',
    what: 'does not allow this account the call',
    next: "Check the key's permissions.",
  },
  404: {
    code: 'EVALS_MODEL_UNKNOWN',
    fault: 'fatal',
    what: 'does not know the model or address',
    next: "Check the model's name and the base URL.",
  },
  408: { code: 'EVALS_MODEL_UNAVAILABLE', fault: 'fault', what: 'gave up waiting', next: 'Run again later.' },
  409: { code: 'EVALS_MODEL_UNAVAILABLE', fault: 'fault', what: 'reported a conflict', next: 'Run again later.' },
  413: {
    code: 'EVALS_MODEL_CONTEXT_EXCEEDED',
    fault: 'fatal',
    what: 'found the request too large',
    next: 'Shorten the prompt, or use a model with a larger context.',
  },
  429: {
    code: 'EVALS_MODEL_REFUSED',
    fault: 'refused',
    what: 'refused the call: too many requests or tokens',
    next: 'Wait, lower `maxConnections`, or raise the quota.',
  },
}

const quotaSpent: Reading = {
  code: 'EVALS_MODEL_QUOTA_SPENT',
  fault: 'fatal',
  what: 'has no quota left for this account',
  next: "Check the account's plan and billing.",
}

const clientFault: Reading = {
  code: 'EVALS_MODEL_REQUEST_INVALID',
  fault: 'fatal',
  what: 'refused the request',
  next: 'Change the call.',
}

const serverFault: Reading = {
  code: 'EVALS_MODEL_UNAVAILABLE',
  fault: 'fault',
  what: 'failed to answer',
  next: 'Run again later.',
}

/** What an attempt threw, as an error whose `fault` says whether to try again; one that says so already stays itself. */
export function toCallError({ model, thrown, report, now }: FailedAttempt): ModelCallError {
  if (thrown instanceof ModelCallError) return thrown
  const { status } = report
  const limits = report.headers === undefined ? {} : readRateLimits(report.headers, now)
  const requestId = report.headers?.['x-request-id'] ?? report.headers?.['request-id']
  const facts = { model, limits, cause: thrown, ...withoutUndefined({ status, requestId }) }
  const { code, fault, what, next } = readStatus(status, messageOf(thrown))
  const shown = status === undefined ? '' : ` (HTTP ${status})`
  const message = (status === undefined ? networkFault(thrown) : messageOf(thrown)).replace(/\.$/, '')
  return new ModelCallError(code, `${model} ${what}${shown}: ${message}. ${next}`, { ...facts, fault })
}

/** `fetch failed` says nothing; what failed is the error underneath, such as `connect ECONNREFUSED 127.0.0.1:1`. */
function networkFault(thrown: unknown): string {
  let cause = thrown
  for (let depth = 0; depth < 5 && cause instanceof Error && cause.cause !== undefined; depth += 1) cause = cause.cause
  const [message, reason] = [messageOf(thrown), messageOf(cause)]
  return message.includes(reason) ? message : `${message.replace(/\.$/, '')} (${reason})`
}

function readStatus(status: number | undefined, message: string): Reading {
  if (status === undefined) return { ...serverFault, what: 'could not be reached' }
  // Each vendor words it differently, and all of them answer 400.
  if (status === 400 && /context.{0,20}(length|window)|too long|too many tokens|maximum.{0,20}tokens/i.test(message)) {
    return readings[413]!
  }
  // OpenAI says so with 429; no waiting helps.
  if (status === 429 && /insufficient.quota|exceeded your current quota|billing/i.test(message)) return quotaSpent
  const known = readings[status]
  if (known !== undefined) return known
  if (status >= 500) return serverFault
  // The server said that all is well, so what it sent could not be read.
  if (status < 300)
    return { ...serverFault, code: 'EVALS_MODEL_ANSWER_INVALID', what: 'sent an answer that cannot be read' }
  return clientFault
}
