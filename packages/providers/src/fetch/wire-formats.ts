import { presets } from '../openai-compatible/presets.ts'
import { anthropicMessages } from './anthropic-format.ts'
import { googleGenerateContent } from './google-format.ts'
import { ollamaApi } from './ollama-format.ts'
import { openaiChat, openaiEmbeddings, openaiResponses } from './openai-formats.ts'
import type { JsonObject, WireFormat } from './wire-format.ts'

/** Every wire format that is known. A new one is one more line. */
const wireFormats: readonly WireFormat[] = [
  openaiChat,
  openaiResponses,
  openaiEmbeddings,
  anthropicMessages,
  ollamaApi,
  googleGenerateContent,
]

/** Whom a request calls, and how. */
export interface Recognised {
  readonly format: WireFormat
  readonly baseURL: string
  /** `provider:model`. */
  readonly model: string
}

/** What kind of call a request is, by its path and its body; `undefined` if it is none that is known. */
export function recognise(url: URL, body: JsonObject): Recognised | undefined {
  const format = wireFormats.find(({ path }) => path.test(url.pathname))
  const name = format?.modelOf === undefined ? body['model'] : format.modelOf(url.pathname, body)
  if (format === undefined || typeof name !== 'string' || name === '') return undefined
  const baseURL = url.origin + url.pathname.replace(format.path, '')
  return { format, baseURL, model: `${hosts.get(url.host) ?? format.provider}:${name}` }
}

/** Vendors by their host; several speak OpenAI's formats. */
const hosts: ReadonlyMap<string, string> = new Map(
  Object.entries(presets).flatMap(([provider, { baseURL, needsKey }]) =>
    baseURL === undefined || !needsKey ? [] : [[new URL(baseURL).host, provider] as const],
  ),
)
