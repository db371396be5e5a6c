import type { LanguageModel, Message } from '@evals/providers'
import { mock } from '@evals/providers/mock'
import { openai } from '@evals/providers/openai'
import { inflateSync } from 'node:zlib'

/** A model that sees: a scripted one, unless `LIVE=1` asks a real one. */
export function seeingModel(): LanguageModel {
  return process.env['LIVE'] === '1' ? openai('gpt-5-mini') : mock(nameFlag)
}

/** Knows flags with three upright stripes, by the first pixels of its parts' top rows. */
function nameFlag(prompt: string | readonly Message[]): string {
  const parts = (prompt as readonly Message[]).flatMap(({ content }) => (typeof content === 'string' ? [] : content))
  const image = parts.find((part) => 'data' in part)
  if (image === undefined) return 'I see no picture.'
  const stripes = topRow(image.data as Uint8Array, [0.1, 0.5, 0.9]).join(' ')
  return countries[stripes] ?? 'unknown'
}

const countries: Readonly<Record<string, string>> = {
  '002395 ffffff ce1126': 'France',
  '007a3d ffffff ce1126': 'Italy',
  '007a3d ffffff ff7900': 'Ireland',
  '000000 ffcd00 ce1126': 'Belgium',
}

/** Colours in the first row of a PNG with 8 bits per channel and no filter, from the left (0) to the right (1). */
function topRow(png: Uint8Array, places: readonly number[]): string[] {
  const bytes = Buffer.from(png)
  const width = bytes.readUInt32BE(16)
  const start = bytes.indexOf('IDAT')
  const pixels = inflateSync(bytes.subarray(start + 4, start + 4 + bytes.readUInt32BE(start - 4)))
  // A row begins with a byte that names its filter.
  return places.map((place) => pixels.toString('hex', 1 + 3 * Math.floor(place * width)).slice(0, 6))
}
