import { clearLine, cursorTo } from 'node:readline'
import type { Output } from './output.ts'

/** One line at the bottom of a terminal that is written again and again, and gives way to everything else that is printed. */
export class TerminalLine {
  readonly #output: Output
  #restore: (() => void) | undefined
  #shown = false

  constructor(output: Output) {
    this.#output = output
  }

  show(text: string): void {
    this.#restore ??= this.#giveWay()
    this.#erase()
    const line = text.slice(0, this.#output.columns - 1)
    this.#output.write(line)
    this.#shown = true
  }

  clear(): void {
    this.#erase()
    this.#restore?.()
    this.#restore = undefined
  }

  #erase(): void {
    if (!this.#shown) return
    this.#shown = false
    cursorTo(this.#output.stream, 0)
    clearLine(this.#output.stream, 0)
  }

  /** Whatever another reporter prints must not end up behind our line. */
  #giveWay(): () => void {
    const streams = [process.stdout, process.stderr].map((stream) => {
      const before = stream.write
      stream.write = (...parameters: unknown[]) => {
        this.#erase()
        return Boolean(Reflect.apply(before, stream, parameters))
      }
      return { stream, before }
    })
    return () => {
      for (const { stream, before } of streams) stream.write = before
    }
  }
}
