import { languageModelContract } from '@evals/core/testing'
import type { ChatRequest } from 'ollama'
import { describe, expect, test } from 'vitest'
import { ollama } from './ollama.ts'
import { useModelServers } from './vendor/model-servers.test-support.ts'
import { present } from './vendor/present.test-support.ts'

const servers = useModelServers()

describe('contract', () => {
  test.for(
    languageModelContract(() => ({
      server: servers.server,
      recorder: servers.recorder,
      open: ({ url, apiKey }) => ollama('llama3.2', { baseURL: url, apiKey }),
      parametersOf({
        options: { temperature, top_p: topP, num_predict: maxOutputTokens, seed, stop } = {},
      }: ChatRequest) {
        return present({ temperature, topP, maxOutputTokens, seed, stop })
      },
      lacks: ['toolChoice', 'audio', 'file', 'requestId', 'contentFilter'],
    })),
  )('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
