import { ModelCallError, priceOf, runRequest, type CallAnswer, type ModelRequest } from '@evals/core'
import { loadTransport } from '../transport/transport-fetch.ts'
import { toAppCall, type AppCall } from './app-call.ts'
import { attemptAppCall } from './attempt-app-call.ts'
import { estimateBody } from './estimate-body.ts'
import { failedAnswer } from './failed-answers.ts'
import { storedAnswer, toResponse, type KeptAnswer } from './kept-answer.ts'
import type { ReadAnswer } from './read-answer.ts'

const timeoutMs = 600_000

// Kept, since a program may put ours in its place.
const builtInFetch = globalThis.fetch

const fetchThroughPath: typeof globalThis.fetch = async (input, init) => {
  const call = await toAppCall(input, init)
  return call === undefined ? builtInFetch(input, init) : answerTo(call)
}

/**
 * A `fetch` for the application under test: give it to the client that the application already uses, and its model calls
 * go the way of all others, with limits, retries, cache, cost and trace.
 *
 * Calls of OpenAI's chat completions, completions, responses and embeddings, Anthropic's messages, Ollama's API and
 * Google's generateContent are recognised by path and body, whoever serves them; all other requests go to Node's own `fetch`.
 * A call that fails for good ends with the server's real response, marked so that OpenAI's and Anthropic's clients do not
 * retry it. A stream is passed on as it comes; once begun it is not tried again. Where a client has its own retries and
 * timeout, turn them off (`maxRetries: 0`, a long `timeout`): the path retries, and a call may wait for its turn.
 * @throws EvalsError of the request path where there is no response, such as `EVALS_BUDGET_SPENT`; `ModelCallError` where
 * the server could not be reached
 * @example new OpenAI({ fetch, maxRetries: 0 })
 * @example createAnthropic({ fetch })
 */
export const fetch: typeof globalThis.fetch = Object.assign(fetchThroughPath, {
  // OpenAI's client looks here for whether files can be sent.
  Response: globalThis.Response,
})

async function answerTo(call: AppCall): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  let isGiven = false
  const give = (response: Response): void => {
    isGiven = true
    resolve(response)
  }
  const stopped = new AbortController()
  const attempt = (signal: AbortSignal): Promise<CallAnswer<ReadAnswer>> => {
    // The time is up while the application has a beginning: nobody would take a second answer. Other aborts end the call anyway.
    signal.addEventListener('abort', () => isGiven && stopped.abort(notEnded(call)), { once: true })
    return attemptAppCall({ call, signal, give, recorded: () => recorded })
  }
  const recorded: Promise<ReadAnswer> = runRequest(toRequest(call, { attempt, stopped: stopped.signal }))
  recorded.then(
    (answer) => {
      if (!isGiven) resolve(toResponse(answer, call.url))
    },
    (error: unknown) => {
      const answer = failedAnswer(error)
      if (answer === undefined) reject(error)
      else resolve(toResponse(notToBeRetried(answer), call.url))
    },
  )
  return promise
}

interface Attempts {
  attempt(signal: AbortSignal): Promise<CallAnswer<ReadAnswer>>
  /** Aborts when there is no sense in another one. */
  readonly stopped: AbortSignal
}

function toRequest(call: AppCall, { attempt, stopped }: Attempts): ModelRequest<ReadAnswer> {
  const { model, account, address, body, init, format } = call
  const price = priceOf(model)
  const maxOutputTokens = format.maxOutputTokensOf?.(body)
  const isLimited = typeof maxOutputTokens === 'number' && maxOutputTokens >= 0
  return {
    key: `${model} ${account}`,
    model,
    estimate: {
      inputTokens: estimateBody(body),
      ...(isLimited ? { maxOutputTokens } : {}),
      ...(price === undefined ? {} : { price }),
    },
    ...(price === undefined ? {} : { price }),
    timeoutMs,
    signal: init.signal ? AbortSignal.any([init.signal, stopped]) : stopped,
    shown: body,
    cache: {
      identity: { fetch: address, body },
      store: (answer) => (answer.isCacheable ? storedAnswer(answer) : undefined),
      restore: (stored) => ({ ...(stored as KeptAnswer), isCacheable: true }),
    },
    prepare: loadTransport,
    attempt: ({ signal }) => attempt(signal),
  }
}

function notEnded({ model }: AppCall): ModelCallError {
  return new ModelCallError(
    'EVALS_MODEL_TIMEOUT',
    `${model}: the stream did not end within ${timeoutMs} ms. Its beginning is with the application, so it was not tried again. Ask for less.`,
    { fault: 'fatal', model },
  )
}

/** The path has tried as often as there is sense in it; both clients obey this header. */
function notToBeRetried(answer: KeptAnswer): KeptAnswer {
  return { ...answer, headers: { ...answer.headers, 'x-should-retry': 'false' } }
}
