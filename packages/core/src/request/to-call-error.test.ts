import { expect, test } from 'vitest'
import type { AttemptReport } from './attempt-report.ts'
import { ModelCallError, type CallFault } from './call-error.ts'
import { toCallError } from './to-call-error.ts'

const now = new Date('2026-01-02T03:04:05.000Z')

function errorOf(report: AttemptReport, thrown: unknown = new TypeError('said no')): ModelCallError {
  return toCallError({ model: 'fake:m', thrown, report: { sent: true, ...report }, now })
}

test.for<[status: number, code: string, fault: CallFault, message: string]>([
  [
    200,
    'EVALS_MODEL_ANSWER_INVALID',
    'fault',
    'sent an answer that cannot be read (HTTP 200): said no. Run again later.',
  ],
  [301, 'EVALS_MODEL_REQUEST_INVALID', 'fatal', 'refused the request (HTTP 301): said no. Change the call.'],
  [400, 'EVALS_MODEL_REQUEST_INVALID', 'fatal', 'refused the request (HTTP 400): said no. Change the call.'],
  [401, 'EVALS_MODEL_KEY_INVALID', 'fatal', 'refused the API key (HTTP 401): said no. Set a valid key.'],
  [402, 'EVALS_MODEL_REQUEST_INVALID', 'fatal', 'refused the request (HTTP 402): said no. Change the call.'],
  [
    403,
    'EVALS_MODEL_KEY_INVALID',
    'fatal',
    "does not allow this account the call (HTTP 403): said no. Check the key's permissions.",
  ],
  [
    404,
    'EVALS_MODEL_UNKNOWN',
    'fatal',
    "does not know the model or address (HTTP 404): said no. Check the model's name and the base URL.",
  ],
  [408, 'EVALS_MODEL_UNAVAILABLE', 'fault', 'gave up waiting (HTTP 408): said no. Run again later.'],
  [409, 'EVALS_MODEL_UNAVAILABLE', 'fault', 'reported a conflict (HTTP 409): said no. Run again later.'],
  [
    413,
    'EVALS_MODEL_CONTEXT_EXCEEDED',
    'fatal',
    'found the request too large (HTTP 413): said no. Shorten the prompt, or use a model with a larger context.',
  ],
  [422, 'EVALS_MODEL_REQUEST_INVALID', 'fatal', 'refused the request (HTTP 422): said no. Change the call.'],
  [
    429,
    'EVALS_MODEL_REFUSED',
    'refused',
    'refused the call: too many requests or tokens (HTTP 429): said no. Wait, lower `maxConnections`, or raise the quota.',
  ],
  ...[500, 502, 503, 504, 529].map((status): [number, string, CallFault, string] => [
    status,
    'EVALS_MODEL_UNAVAILABLE',
    'fault',
    `failed to answer (HTTP ${status}): said no. Run again later.`,
  ]),
])('status %d is %s, %s', ([status, code, fault, message]) => {
  const error = errorOf({ status })
  expect(error).toMatchObject({ name: 'EvalsError', code, fault, limits: {}, message: `fake:m ${message}` })
  expect(error.details).toEqual({ model: 'fake:m', status, fault })
  expect(error.cause).toMatchObject({ name: 'TypeError', message: 'said no' })
})

test('without a status the network failed', () => {
  const thrown = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
  const error = errorOf({}, thrown)
  expect(error).toMatchObject({
    code: 'EVALS_MODEL_UNAVAILABLE',
    fault: 'fault',
    message: 'fake:m could not be reached: connect ECONNREFUSED 127.0.0.1:1. Run again later.',
  })
  expect(error.details).toEqual({ model: 'fake:m', fault: 'fault' })
  expect(error.cause).toBe(thrown)
})

test.for([
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
  'prompt is too long: 210000 tokens > 200000 maximum',
  'input length exceeds the context window of this model',
  'context_length_exceeded',
  'Too many tokens in the request',
  'The maximum number of tokens was passed',
])('a refusal for its length is no ordinary 400: %s', (text) => {
  expect(errorOf({ status: 400 }, new Error(text))).toMatchObject({
    code: 'EVALS_MODEL_CONTEXT_EXCEEDED',
    fault: 'fatal',
    details: { status: 400 },
  })
  // With another status the words mean something else.
  expect(errorOf({ status: 429 }, new Error(text))).toMatchObject({ code: 'EVALS_MODEL_REFUSED', fault: 'refused' })
})

test.for([
  'You exceeded your current quota, please check your plan and billing details.',
  'insufficient_quota',
  'Insufficient quota for this account',
])('no waiting brings back a quota that is spent: %s', (text) => {
  expect(errorOf({ status: 429 }, new Error(text))).toMatchObject({ code: 'EVALS_MODEL_QUOTA_SPENT', fault: 'fatal' })
  expect(errorOf({ status: 500 }, new Error(text))).toMatchObject({ code: 'EVALS_MODEL_UNAVAILABLE', fault: 'fault' })
})

test('an HTML page with status 200 is a broken answer', () => {
  const thrown = new SyntaxError('Unexpected token \'<\', "<html>" is not valid JSON')
  const error = errorOf({ status: 200, headers: { 'content-type': 'text/html' } }, thrown)
  expect(error).toMatchObject({ code: 'EVALS_MODEL_ANSWER_INVALID', fault: 'fault', limits: {} })
  expect(error.cause).toBe(thrown)
})

test('the headers give the request id and the limits', () => {
  const openai = errorOf({ status: 429, headers: { 'x-request-id': 'req_1', 'retry-after': '3' } })
  expect(openai.details).toEqual({ model: 'fake:m', status: 429, requestId: 'req_1', fault: 'refused' })
  expect(openai.limits).toEqual({ retryAfterMs: 3000 })
  const anthropic = errorOf({ status: 500, headers: { 'request-id': 'req_2' } })
  expect(anthropic.details).toEqual({ model: 'fake:m', status: 500, requestId: 'req_2', fault: 'fault' })
})

test('an error that says already what it is stays itself', () => {
  const thrown = new ModelCallError('EVALS_MODEL_ANSWER_INVALID', 'no', { fault: 'fault', model: 'fake:other' })
  expect(errorOf({ status: 401 }, thrown)).toBe(thrown)
})

test('what was thrown need not be an error', () => {
  expect(errorOf({ status: 503 }, 'gone').message).toBe('fake:m failed to answer (HTTP 503): gone. Run again later.')
  expect(errorOf({}, null)).toMatchObject({ fault: 'fault', cause: null })
})
