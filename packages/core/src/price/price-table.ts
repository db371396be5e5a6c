import type { Price } from './price.ts'
import prices from './prices.json' with { type: 'json' }

/** The day on which the price table was right, as `YYYY-MM-DD`. */
export const priceTableDate: string = prices.date

const providers: Readonly<Record<string, { readonly models: Readonly<Record<string, Price>> }>> = prices.providers

/** What a vendor adds to a model's name for one of its versions: a date, a number such as `001`, or `latest`. */
const version = /[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|\d{3,4}|latest)$/

/**
 * The list price of a model such as `openai:gpt-5-mini` or, dated, `openai:gpt-5-mini-2025-08-07`; `undefined` where the
 * table does not have it, which is never to be taken for 0. Standard tier and short prompts: without batch, flex, and
 * time-limited or off-peak discounts, and without surcharges for long prompts, cache writes, regions or tools.
 */
export function priceOf(model: string): Price | undefined {
  const [, provider = '', modelId = ''] = /^([^:.]+)[^:]*:(.+)$/.exec(model) ?? []
  if (!Object.hasOwn(providers, provider)) return undefined
  const models = providers[provider]?.models ?? {}
  // A version may have a price of its own, and then is listed itself.
  const id = [modelId, modelId.replace(version, '')].find((name) => Object.hasOwn(models, name))
  return id === undefined ? undefined : models[id]
}
