import type { OpenAI } from 'openai'
import { contentText } from './content-text.ts'

type Chunk = OpenAI.ChatCompletionChunk
type Choice = OpenAI.ChatCompletionChunk.Choice
type Delta = OpenAI.ChatCompletionChunk.Choice.Delta
type DeltaToolCall = OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall
/** Some servers do not number them. */
type UnnumberedToolCall = Omit<DeltaToolCall, 'index'> & Partial<Pick<DeltaToolCall, 'index'>>
type ToolCall = OpenAI.ChatCompletionMessageFunctionToolCall

/** Puts the pieces of a streamed chat completion together. */
export class ChatStream {
  #first: Chunk | undefined
  #usage: OpenAI.CompletionUsage | undefined
  #finishReason: Choice['finish_reason'] = null
  #message: Record<string, unknown> = { content: null }
  readonly #toolCalls = new Map<number, ToolCall>()

  /** True as soon as the answer's end has been seen. */
  get isWhole(): boolean {
    return this.#finishReason !== null
  }

  /** @returns the piece of text in it, if any */
  add(chunk: Chunk): string {
    // Azure's first has no model.
    if (!this.#first?.model) this.#first = chunk
    this.#usage = chunk.usage ?? this.#usage
    const choice = chunk.choices?.[0]
    if (choice === undefined) return ''
    this.#finishReason = choice.finish_reason ?? this.#finishReason
    const { role: _role, tool_calls, content, ...rest }: Partial<Delta> = choice.delta ?? {}
    const text = contentText(content)
    if (text !== '') this.#message['content'] = joined(this.#message['content'], text)
    for (const [name, value] of Object.entries(rest)) this.#message[name] = joined(this.#message[name], value)
    for (const call of tool_calls ?? []) this.#addToolCall(call)
    return text
  }

  /** The completion as it would have come without a stream. */
  completion(): OpenAI.ChatCompletion {
    const calls = [...this.#toolCalls.values()]
    const { id, created, model } = this.#first ?? { id: '', created: 0, model: '' }
    const message = { role: 'assistant', ...this.#message, ...(calls.length === 0 ? {} : { tool_calls: calls }) }
    return {
      id,
      created,
      model,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: this.#finishReason, logprobs: null }],
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
    } as OpenAI.ChatCompletion
  }

  #addToolCall({ index, id, function: part, ...rest }: UnnumberedToolCall): void {
    const place = index ?? this.#toolCalls.size - (id === undefined ? 1 : 0)
    const known = this.#toolCalls.get(place) ?? { id: '', type: 'function', function: { name: '', arguments: '' } }
    this.#toolCalls.set(place, {
      ...known,
      ...rest,
      id: id ?? known.id,
      type: 'function',
      function: {
        name: known.function.name + (part?.name ?? ''),
        arguments: known.function.arguments + (part?.arguments ?? ''),
      },
    })
  }
}

/** What servers add to a message, such as their reasoning, comes in pieces too. */
function joined(before: unknown, piece: unknown): unknown {
  if (typeof before === 'string' && typeof piece === 'string') return before + piece
  if (Array.isArray(before) && Array.isArray(piece)) return [...(before as unknown[]), ...(piece as unknown[])]
  return piece ?? before
}
