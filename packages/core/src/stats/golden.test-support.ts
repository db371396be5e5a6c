import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../../fixtures/golden')

/** The content of `fixtures/golden/<name>.json`, in the shape its test says it has. */
export function readGolden<Content>(name: string): Content & { readonly tolerance: number } {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Content & { readonly tolerance: number }
}
