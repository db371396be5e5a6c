import { localServer, type LocalServerSpec } from '@evals/providers/local-server'
import { openai } from '@evals/providers/openai'
import { join } from 'node:path'
import { modelFixture } from 'vitest-plugin-evals'

const program = join(import.meta.dirname, '../../fixtures/model-server/src/main.ts')
const options = { accuracy: { 'gpt-5': 0.97, 'gpt-5-mini': 0.9, 'gpt-5-nano': 0.6 } }

/** Speaks OpenAI's wire format. How often each model is right is made up. */
const simulatedServer: LocalServerSpec = {
  command: process.execPath,
  args: [program, '--port', '{port}', '--options', JSON.stringify(options)],
  readiness: { path: '/health' },
  modelId: 'any',
}

/** Models of OpenAI as variants. One simulated server stands in for the API, unless `LIVE=1` asks the real one. */
export function chatModels(...names: readonly string[]) {
  const load = (name: string) =>
    process.env['LIVE'] === '1'
      ? () => openai(name)
      : modelFixture(localServer, simulatedServer, ({ baseURL }) => openai(name, { baseURL, apiKey: 'simulated' }))
  return Object.fromEntries(names.map((name) => [name, load(name)]))
}
