import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of `fixtures/golden`. */
export function readGolden<Golden>(name: string): Golden {
  const file = join(import.meta.dirname, '../../../../fixtures/golden', `${name}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as Golden
}
