import type { ModelChunk } from './language-model.ts'

/** The pieces of a streamed answer between the call that gets them and the loop that reads them. */
export class ChunkQueue implements AsyncIterable<ModelChunk> {
  #chunks: ModelChunk[] = []
  #begun = false
  #ended = false
  #failure: { readonly error: unknown } | undefined
  #wake = (): void => {}

  push(chunk: ModelChunk): void {
    this.#begun = true
    this.#chunks.push(chunk)
    this.#wake()
  }

  /** A new attempt begins; what came of an earlier one counts no more. */
  restart(): void {
    if (!this.#begun) return
    this.#begun = false
    this.#chunks = []
    this.#chunks.push({ type: 'restart' })
    this.#wake()
  }

  end(last: Extract<ModelChunk, { type: 'response' }>): void {
    // A model that does not stream, and the cache, give the whole text at once.
    if (!this.#begun && last.response.text !== '') this.#chunks.push({ type: 'text', text: last.response.text })
    this.#chunks.push(last)
    this.#ended = true
    this.#wake()
  }

  fail(error: unknown): void {
    this.#failure = { error }
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ModelChunk> {
    while (true) {
      yield* this.#chunks.splice(0)
      if (this.#failure !== undefined) throw this.#failure.error
      if (this.#ended && this.#chunks.length === 0) return
      if (this.#chunks.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
