import type { Anthropic } from '@anthropic-ai/sdk'
import { languageModelContract } from '@evals/core/testing'
import { describe, expect, test } from 'vitest'
import { anthropic } from './anthropic.ts'
import { useModelServers } from './vendor/model-servers.test-support.ts'
import { present } from './vendor/present.test-support.ts'

const servers = useModelServers()

type Sent = Anthropic.MessageCreateParams & { readonly temperature?: number; readonly top_p?: number }

describe('contract', () => {
  test.for(
    languageModelContract(() => ({
      server: servers.server,
      recorder: servers.recorder,
      open: ({ url, apiKey }) => anthropic('claude-sonnet-5', { baseURL: url, apiKey }),
      parametersOf: ({ temperature, top_p: topP, max_tokens: maxOutputTokens, stop_sequences: stop }: Sent) =>
        // The API asks for a limit.
        present({ temperature, topP, maxOutputTokens: maxOutputTokens === 16_384 ? undefined : maxOutputTokens, stop }),
      lacks: ['seed', 'audio'],
    })),
  )('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
