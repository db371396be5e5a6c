/** Finds the JSON values in a stream of server-sent events, or of lines of JSON, however it is cut into pieces. */
export class StreamEvents {
  readonly #decoder = new TextDecoder()
  readonly #isEvents: boolean
  #rest = ''
  readonly #data: string[] = []

  /** @param mediaType `text/event-stream`, or a type for lines of JSON */
  constructor(mediaType: string) {
    this.#isEvents = mediaType.startsWith('text/event-stream')
  }

  /** The values that are complete with this piece: parsed, or the text where it is no JSON, such as `[DONE]`. */
  push(piece: Uint8Array): unknown[] {
    return this.#lines(this.#decoder.decode(piece, { stream: true }))
  }

  /** What is left when the stream has ended. */
  end(): unknown[] {
    return this.#lines(`${this.#decoder.decode()}\n\n`)
  }

  #lines(text: string): unknown[] {
    const lines = text.split('\n')
    // Not searched again with each piece: a line may have many megabytes.
    lines[0] = this.#rest + lines[0]
    this.#rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.#line(line.endsWith('\r') ? line.slice(0, -1) : line))
  }

  #line(line: string): unknown[] {
    if (!this.#isEvents) return line.trim() === '' ? [] : [parsed(line)]
    if (line.startsWith('data:')) this.#data.push(line.slice(5).trimStart())
    if (line !== '' || this.#data.length === 0) return []
    return [parsed(this.#data.splice(0).join('\n'))]
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
