import { PassThrough } from 'node:stream'
import type { Output } from './output.ts'

/** An output that remembers what was written to it. */
export function makeOutput({ isTty, columns = 80 }: { isTty: boolean; columns?: number }): Output & { text(): string } {
  const stream = new PassThrough()
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { stream, isTty, columns, write: (more) => void stream.write(more), text: () => text }
}
