import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'flags')

/** Pictures of flags, each named after its country. */
export const flags = readdirSync(folder).map((file) => {
  const country = file.replace('.png', '')
  return { id: country, image: new Uint8Array(readFileSync(join(folder, file))), expected: country }
})
