import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { plainText } from '@evals/core'
import { asciiGlyphs, unicodeGlyphs, type ChartGlyphs } from './charts.ts'
import { expectStreamErrors, isStreamError } from './stream-errors.ts'

const { env, stdout } = process
const isColored = (env['NO_COLOR'] ?? '') === '' && (stdout.isTTY || (env['FORCE_COLOR'] ?? '') !== '')
const { printable } = isColored ? await import('vitest-plugin-evals/cli') : { printable: plainText }

/** How charts are drawn on standard output. */
export const chartGlyphs: ChartGlyphs = isColored && env['TERM'] !== 'dumb' ? unicodeGlyphs : asciiGlyphs

/** Columns of the terminal; where there is none, nothing has to fit. */
export function terminalColumns(): number {
  // A terminal of unknown width says 0.
  return stdout.isTTY ? stdout.columns || 120 : Number.POSITIVE_INFINITY
}

/**
 * Writes text for people to standard output, without what would steer the terminal, and without colours where nobody would
 * see them.
 */
export function write(text: string): void {
  expectStreamErrors()
  stdout.write(printable(text))
}

/** Writes one JSON document to standard output. */
export function writeJson(value: unknown): void {
  expectStreamErrors()
  stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** Writes pieces of text to standard output as fast as they are read there, until nobody reads any more. */
export async function writeStream(pieces: AsyncIterable<string>): Promise<void> {
  expectStreamErrors()
  try {
    await pipeline(Readable.from(pieces), stdout, { end: false })
  } catch (error) {
    if (!isStreamError(error)) throw error
  }
}

/** Tells people something besides the output, as {@link write} does, without colours. */
export function note(text: string): void {
  expectStreamErrors()
  process.stderr.write(`${plainText(text)}\n`)
}
