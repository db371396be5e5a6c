import type { LanguageModel } from '@evals/providers'
import { localServer } from '@evals/providers/local-server'
import { openai, type EmbeddingModel } from '@evals/providers/openai'
import { join } from 'node:path'
import { endpointsFixture } from 'vitest-plugin-evals'
import { copyist, wordForWord } from './scripted-models.ts'

/** Whether the real API answers, for money. */
const isLive = process.env['LIVE'] === '1'

/** Turns texts into vectors: a simulated server, for which texts are alike that share words, or OpenAI's. */
export async function loadEmbedder(): Promise<EmbeddingModel> {
  if (isLive) return openai.embeddings('text-embedding-3-small')
  const [server] = await endpointsFixture(localServer, {
    command: process.execPath,
    args: [join(import.meta.dirname, '../../fixtures/model-server/src/main.ts'), '--port', '{port}'],
    readiness: { path: '/health' },
    modelId: 'any',
  })()
  return openai.embeddings('text-embedding-3-small', { baseURL: server!.baseURL, apiKey: 'simulated' })
}

/** Writes the answers. */
export const writer: LanguageModel = isLive ? openai('gpt-5-mini') : copyist

/** Judges whether answers keep to the passages. */
export const judgeModel: LanguageModel = isLive ? openai('gpt-5') : wordForWord
