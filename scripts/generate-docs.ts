// Writes the pages of `docs` that come from docstrings, option definitions and the JSON Schema of records:
// `node scripts/generate-docs.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedDocs } from './reference/generated-docs.ts'

const root = join(import.meta.dirname, '..')
const pages = Object.entries(generatedDocs(root))
for (const [path, text] of pages) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
console.log(`wrote ${pages.length} pages`)
