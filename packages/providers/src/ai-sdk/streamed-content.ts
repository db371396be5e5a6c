import type { LanguageModelV4Content, LanguageModelV4GenerateResult, LanguageModelV4StreamPart } from '@ai-sdk/provider'

type Finish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>

/** Gathers the parts of a stream into what the same call gives without one. */
export class StreamedContent {
  readonly #content: LanguageModelV4Content[] = []
  /** Texts and reasoning that are still being written, by their ids. */
  readonly #open = new Map<string, number>()
  readonly #result: Pick<LanguageModelV4GenerateResult, 'response' | 'warnings'> = { warnings: [] }
  #finish: Finish | undefined

  /**
   * @returns the piece of text it brings
   * @throws what the stream reports as an error
   */
  add(part: LanguageModelV4StreamPart): string {
    switch (part.type) {
      case 'text-start':
      case 'reasoning-start':
        this.#begin(part)
        return ''
      case 'text-delta':
      case 'reasoning-delta':
        this.#extend(part, part.delta)
        return part.type === 'text-delta' ? part.delta : ''
      case 'text-end':
      case 'reasoning-end':
        this.#extend(part, '')
        this.#open.delete(keyOf(part))
        return ''
      case 'stream-start':
        this.#result.warnings = part.warnings
        return ''
      case 'response-metadata': {
        const { type: _, ...metadata } = part
        this.#result.response = { ...this.#result.response, ...metadata }
        return ''
      }
      case 'finish':
        this.#finish = part
        return ''
      case 'error':
        throw part.error
      case 'tool-input-start':
      case 'tool-input-delta':
      case 'tool-input-end':
      case 'ping':
      case 'raw':
        return ''
      default:
        this.#content.push(part)
        return ''
    }
  }

  /** `undefined` if the stream ended before the answer did. */
  result(): LanguageModelV4GenerateResult | undefined {
    if (this.#finish === undefined) return undefined
    const { type: _, ...finish } = this.#finish
    return { content: this.#content, ...this.#result, ...finish }
  }

  #begin(part: TextPart): void {
    const type = part.type.startsWith('text') ? 'text' : 'reasoning'
    this.#open.set(keyOf(part), this.#content.push({ type, text: '', ...metadataOf(part) }) - 1)
  }

  #extend(part: TextPart, delta: string): void {
    if (!this.#open.has(keyOf(part))) this.#begin(part)
    const index = this.#open.get(keyOf(part))!
    const before = this.#content[index] as Extract<LanguageModelV4Content, { type: 'text' | 'reasoning' }>
    this.#content[index] = { ...before, text: before.text + delta, ...metadataOf(part) }
  }
}

type TextPart = Extract<LanguageModelV4StreamPart, { type: `${'text' | 'reasoning'}-${'start' | 'delta' | 'end'}` }>

/** A text and reasoning may have the same id. */
function keyOf({ type, id }: TextPart): string {
  return `${type.startsWith('text') ? 'text' : 'reasoning'} ${id}`
}

function metadataOf({ providerMetadata }: TextPart): Pick<TextPart, 'providerMetadata'> {
  return providerMetadata === undefined ? {} : { providerMetadata }
}
