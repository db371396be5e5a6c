/** One bare call: the same connections and the same request for every client. */
const transport = `import { Agent, fetch } from 'undici'

const dispatcher = new Agent({
  allowH2: false,
  pipelining: 1,
  connectTimeout: 30_000,
  headersTimeout: 0,
  bodyTimeout: 60_000,
  keepAliveTimeout: 30_000,
})

export const headers = { 'content-type': 'application/json', authorization: 'Bearer key' }

export function bodyOf(prompt) {
  return JSON.stringify({ model: 'sim-large', messages: [{ role: 'user', content: prompt }] })
}

export function send(url, prompt, signal) {
  return fetch(url + '/v1/chat/completions', { method: 'POST', headers, body: bodyOf(prompt), dispatcher, signal })
}

export async function answerIn(response) {
  if (!response.ok) throw new Error('HTTP ' + response.status + ': ' + (await response.text()))
  return response.json()
}

export function useFreshLimiter({ maxConnections }, { AdaptiveLimiter, systemClock, useRequestEngine }) {
  const options = maxConnections === undefined ? {} : { maxConnections }
  useRequestEngine({ limiter: new AdaptiveLimiter({ clock: systemClock, ...options }) })
}
`

/** The engine around the bare call: a provider as anybody may write one. */
const evals = `import { createModelResponse, currentAttemptReport, defineModel, systemClock, useRequestEngine } from '@evals/core'
import { AdaptiveLimiter } from '@evals/core/limiter'
import { answerIn, send, useFreshLimiter } from '../transport.js'

export function connect(job) {
  useFreshLimiter(job, { AdaptiveLimiter, systemClock, useRequestEngine })
  const model = defineModelAt(job)
  return (prompt) => model.generate(prompt)
}

export function defineModelAt({ url, timeoutMs }) {
  return defineModel({
    provider: 'simulated',
    modelId: 'sim-large',
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    async generate(prompt, { signal }) {
      const report = currentAttemptReport()
      report.sent = true
      const response = await send(url, prompt, signal)
      report.status = response.status
      report.headers = Object.fromEntries(response.headers)
      const { choices, usage } = await answerIn(response)
      return createModelResponse({
        text: choices[0].message.content,
        model: 'simulated:sim-large',
        usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens },
      })
    },
  })
}
`

/** The package's `fetch`, as an application's own client uses it. */
const evalsFetch = `import { systemClock, useRequestEngine } from '@evals/core'
import { AdaptiveLimiter } from '@evals/core/limiter'
import { fetch } from '@evals/providers'
import { answerIn, bodyOf, headers, useFreshLimiter } from '../transport.js'

export function connect(job) {
  useFreshLimiter(job, { AdaptiveLimiter, systemClock, useRequestEngine })
  return async (prompt) => {
    const body = bodyOf(prompt)
    return answerIn(await fetch(job.url + '/v1/chat/completions', { method: 'POST', headers, body }))
  }
}
`

/** The provider that ships, with OpenAI's client in it. */
const openaiCompatible = `import { systemClock, useRequestEngine } from '@evals/core'
import { AdaptiveLimiter } from '@evals/core/limiter'
import { openaiCompatible } from '@evals/providers/openai-compatible'
import { useFreshLimiter } from '../transport.js'

export function connect(job) {
  useFreshLimiter(job, { AdaptiveLimiter, systemClock, useRequestEngine })
  const model = openaiCompatible('sim-large', { provider: 'simulated', baseURL: job.url + '/v1', apiKey: 'key' })
  return (prompt) => model.generate(prompt)
}
`

/** What people write: so many at once, and each again until it is answered. */
const pLimit = `import pLimit from 'p-limit'
import { retried } from '../retried.js'

export function connect({ url, concurrency }) {
  const limit = pLimit(concurrency)
  return (prompt) => limit(() => retried(url, prompt))
}
`

/** p-retry with its own settings, but with waits a tenth as long, as all times of the scenarios are. */
const retried = `import pRetry from 'p-retry'
import { answerIn, send } from './transport.js'

export function retried(url, prompt) {
  return pRetry(async () => answerIn(await send(url, prompt)), { minTimeout: 100 })
}
`

const bare = `import { answerIn, send } from '../transport.js'

export function connect({ url }) {
  return async (prompt) => answerIn(await send(url, prompt))
}
`

/** What calls the server: each client in a module of its own, with what they share. */
export const clientModules: Readonly<Record<string, string>> = {
  'transport.js': transport,
  'retried.js': retried,
  'clients/evals.js': evals,
  'clients/evals-fetch.js': evalsFetch,
  'clients/openai-compatible.js': openaiCompatible,
  'clients/p-limit.js': pLimit,
  'clients/bare.js': bare,
}
