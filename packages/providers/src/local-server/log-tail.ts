import { stripVTControlCharacters } from 'node:util'

const mostLines = 50
const mostCharacters = 400

/** The last lines a process printed, on both of its streams. */
export class LogTail {
  readonly #lines: string[] = []

  /** Takes in one stream's text piece by piece; returns the function to call with each piece, and with '' at its end. */
  addStream(): (text: string) => void {
    let rest = ''
    return (text) => {
      // A progress bar returns to the start of its line.
      const parts = (rest + text).split(/\r?\n|\r(?!$)/)
      rest = text === '' ? '' : (parts.pop() ?? '').slice(-mostCharacters)
      for (const part of parts) this.#add(part)
    }
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  #add(part: string): void {
    const line = stripVTControlCharacters(part).trimEnd()
    if (line === '') return
    this.#lines.push(line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line)
    if (this.#lines.length > mostLines) this.#lines.shift()
  }
}
