import type { Endpoint, LanguageModel, Price } from '@evals/core'
import type { LocalServerSpec } from './local-server-spec.ts'

/** The machine is paid for, not the tokens. */
const price: Price = { input: 0, output: 0 }

/** The model behind an endpoint of a local server. */
export async function connectServer(
  { baseURL, cacheIdentity }: Endpoint,
  { api, provider = 'local', modelId }: LocalServerSpec,
): Promise<LanguageModel> {
  // The port is another one in each run.
  const address = { baseURL, ...(cacheIdentity === undefined ? {} : { cacheIdentity }) }
  // The main process starts servers, and talks to none.
  if (api === 'ollama') {
    const { ollama } = await import('../ollama.ts')
    return ollama(modelId, { ...address, price })
  }
  const { openaiCompatible } = await import('../openai-compatible.ts')
  return openaiCompatible(modelId, { ...address, provider, price })
}
