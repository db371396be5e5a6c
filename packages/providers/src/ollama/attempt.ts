import type { ModelCallOptions, ModelResponse } from '@evals/core'
import type { ChatResponse } from 'ollama'
import { loadSdk } from '../vendor/load-sdk.ts'
import { otherAnswer, unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { joinPieces, toResponse } from './answer.ts'
import { ollamaFetch } from './ollama-fetch.ts'
import { toRequest, type OllamaCall } from './request.ts'

/** How a server is reached. */
export interface OllamaConnection {
  readonly host: string
  readonly headers: Readonly<Record<string, string>>
}

/** Makes one call; streams where `onText` asks for it. */
export async function attemptOllama(
  call: OllamaCall & { readonly options: ModelCallOptions },
  { host, headers }: OllamaConnection,
): Promise<ModelResponse> {
  const request = toRequest(call)
  const model = `ollama:${call.modelId}`
  const { signal, onText } = call.options
  const { Ollama } = await loadSdk('ollama', () => import('ollama'))
  // A client is only its settings, and this way the call's signal gets into it.
  const client = new Ollama({
    host,
    headers: { ...headers },
    fetch: ollamaFetch({ model, signal, isStream: onText !== undefined }),
  })
  if (onText === undefined) return toResponse(checked(await client.chat({ ...request, stream: false }), model), call)
  const pieces: ChatResponse[] = []
  for await (const piece of await client.chat({ ...request, stream: true })) {
    pieces.push(checked(piece, model))
    if (piece.message.content !== '') onText(piece.message.content)
  }
  const answer = joinPieces(pieces)
  if (answer === undefined) throw unreadableAnswer(model, 'it is empty')
  return toResponse(answer, call)
}

/** The names of all models that the server has. */
export async function listModels({ host, headers }: OllamaConnection, signal: AbortSignal): Promise<string[]> {
  const { Ollama } = await loadSdk('ollama', () => import('ollama'))
  const fetch = ollamaFetch({ model: 'ollama', signal, isStream: false })
  const { models } = await new Ollama({ host, headers: { ...headers }, fetch }).list()
  return models.map(({ name }) => name)
}

/** A proxy, or another server on this port, may answer with anything. */
function checked(answer: ChatResponse, model: string): ChatResponse {
  if (typeof answer?.message?.content !== 'string') throw otherAnswer(model, 'message', answer)
  return answer
}
