/** Tokens of one or several model calls; an absent field was not reported. */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cachedInputTokens?: number
  readonly reasoningTokens?: number
}

/** One part of a message's content. Binary `data` is raw bytes; `mediaType` an IANA type such as `image/png`. */
export type MessagePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image' | 'audio' | 'file'; readonly data: Uint8Array | string; readonly mediaType: string }
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string; readonly arguments: unknown }
  | { readonly type: 'tool-result'; readonly id: string; readonly name: string; readonly result: unknown }

/** One message of a conversation. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string | readonly MessagePart[]
}

/** What a model is asked: one user text, or a conversation. */
export type Prompt = string | readonly Message[]

/** A tool the model may call; `parameters` is a JSON Schema. */
export interface ToolDefinition {
  readonly name: string
  readonly description?: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A tool call the model made. */
export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly arguments: unknown
}

/** Settings of one call; an absent one is left to the provider. */
export interface GenerateOptions {
  readonly maxOutputTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly stop?: readonly string[]
  readonly seed?: number
  readonly tools?: readonly ToolDefinition[]
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string }
  /** JSON Schema of a structured answer, which then is `ModelResponse.object`. */
  readonly schema?: Readonly<Record<string, unknown>>
  readonly reasoning?: 'none' | 'low' | 'medium' | 'high'
  readonly signal?: AbortSignal
  readonly providerOptions?: Readonly<Record<string, unknown>>
}

/** Why a model stopped. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'error' | 'other'

const modelResponse: unique symbol = Symbol.for('@evals/core/model-response')

/** A model's answer to one call. */
export interface ModelResponse {
  readonly text: string
  /** The structured answer, when `GenerateOptions.schema` asked for one. */
  readonly object?: unknown
  readonly content: readonly MessagePart[]
  readonly toolCalls: readonly ToolCall[]
  /** The answer as a message, to append to the conversation. */
  readonly message: Message
  readonly finishReason: FinishReason
  readonly usage: Usage
  /** `provider:modelId`, as the provider names the model that answered. */
  readonly model: string
  readonly requestId?: string
  /** The provider's own response. */
  readonly raw?: unknown
  readonly [modelResponse]: true
}

/** A piece of a streamed answer; the last one carries the whole response. `restart`: the text so far counts no more. */
export type ModelChunk =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'restart' }
  | { readonly type: 'response'; readonly response: ModelResponse }

/** The port every model implements. */
export interface LanguageModel {
  readonly provider: string
  readonly modelId: string
  generate(prompt: Prompt, options?: GenerateOptions): Promise<ModelResponse>
  stream(prompt: Prompt, options?: GenerateOptions): AsyncIterable<ModelChunk>
}

/** The fields of a {@link ModelResponse} that cannot be derived; the rest has defaults. */
export interface ModelResponseFields {
  readonly text: string
  readonly model: string
  readonly object?: unknown
  readonly toolCalls?: readonly ToolCall[]
  readonly finishReason?: FinishReason
  readonly usage?: Usage
  readonly requestId?: string
  readonly raw?: unknown
}

/** Builds a {@link ModelResponse}; every provider makes its answers with it. */
export function createModelResponse(fields: ModelResponseFields): ModelResponse {
  const toolCalls = fields.toolCalls ?? []
  const content: MessagePart[] = fields.text === '' ? [] : [{ type: 'text', text: fields.text }]
  for (const call of toolCalls) content.push({ type: 'tool-call', ...call })
  return {
    ...fields,
    content,
    toolCalls,
    message: { role: 'assistant', content },
    finishReason: fields.finishReason ?? (toolCalls.length > 0 ? 'tool-calls' : 'stop'),
    usage: fields.usage ?? {},
    [modelResponse]: true,
  }
}

/** True for an answer made by {@link createModelResponse}, also of another installed copy of the package. */
export function isModelResponse(value: unknown): value is ModelResponse {
  return typeof value === 'object' && value !== null && modelResponse in value
}
