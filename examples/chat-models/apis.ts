import { model, registerProvider } from '@evals/providers'
import { anthropic } from '@evals/providers/anthropic'
import { localServer } from '@evals/providers/local-server'
import { openai } from '@evals/providers/openai'
import { endpointsFixture } from 'vitest-plugin-evals'
import { simulatedServer } from './simulated-server.ts'

/** Whether the real APIs answer, for money. */
const isLive = process.env['LIVE'] === '1'
if (isLive && !hasKey('openai') && !hasKey('anthropic')) {
  throw new Error('LIVE=1 asks the real APIs. Set OPENAI_API_KEY, ANTHROPIC_API_KEY or both.')
}

// From here on a model's name, such as `openai:gpt-5`, means the simulated one unless the run is live.
registerProvider('openai', async (modelId) => openai(modelId, await connection('/v1')))
registerProvider('anthropic', async (modelId) => anthropic(modelId, await connection()))

/** Where a client finds an API: nothing for a real one. The simulated server starts once for all files of the run. */
export async function connection(path = ''): Promise<{ baseURL?: string; apiKey?: string }> {
  if (isLive) return {}
  const [server] = await endpointsFixture(localServer, simulatedServer)()
  return { baseURL: server!.baseURL + path, apiKey: 'simulated' }
}

/** Models as variants of an eval; a live run leaves out those without a key. */
export function chatModels(...names: string[]) {
  const load = (name: string) => async () => {
    // The server starts now, or its start would be time of the first samples.
    await connection()
    return model(name)
  }
  const callable = names.filter((name) => hasKey(name.split(':')[0]!))
  return Object.fromEntries(callable.map((name) => [name, load(name)]))
}

/** True if a vendor can be called: the simulated one always, a real one with its key. */
export function hasKey(vendor: string): boolean {
  return !isLive || Boolean(process.env[`${vendor.toUpperCase()}_API_KEY`])
}
