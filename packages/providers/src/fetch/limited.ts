import { currentAttemptReport, priceOf, runRequest, type ModelSettings, type Usage } from '@evals/core'
import { reportThrown } from './report-thrown.ts'

/** How a function's calls are limited. */
export interface LimitedOptions<Result> extends Omit<ModelSettings, 'cacheSalt'> {
  /** Calls with the same key share one limit, and it is the model's name in the record: best `provider:model`. */
  readonly key: string
  /** Reads the tokens out of what the function returned. Default: they are unknown, and so is the cost. */
  readonly usage?: (result: Result) => Usage
  /** About how many input tokens the call has, for limits of tokens. Default 0. */
  readonly inputTokens?: number
  readonly signal?: AbortSignal
}

/**
 * Makes one call of any kind through the request path: limits, retries, cost and trace apply; nothing is cached.
 *
 * What the function throws is tried again if it tells of a status (`status`, `statusCode` …) or of a fault of the network
 * that is worth it; anything else is thrown on at once. Turn the client's own retries off.
 * @param call makes one attempt; should obey its signal
 * @throws what the function throws; `ModelCallError` for what was tried again; EvalsError of the request path
 * @example await limited(({ signal }) => client.invoke(input, { signal }), { key: 'bedrock:nova-pro' })
 */
export function limited<Result>(
  call: (context: { readonly signal: AbortSignal }) => Promise<Result>,
  { key, usage, price = priceOf(key), inputTokens = 0, timeoutMs = 600_000, limits, signal }: LimitedOptions<Result>,
): Promise<Result> {
  return runRequest<Result>({
    key,
    model: key,
    estimate: { inputTokens, ...(price === undefined ? {} : { price }) },
    ...(price === undefined ? {} : { price }),
    ...(limits === undefined ? {} : { limits }),
    timeoutMs,
    ...(signal === undefined ? {} : { signal }),
    async attempt(context) {
      try {
        const result = await call(context)
        return { result, usage: usage?.(result) ?? {} }
      } catch (error) {
        const report = currentAttemptReport()
        if (report !== undefined) reportThrown(error, report)
        throw error
      }
    },
  })
}
