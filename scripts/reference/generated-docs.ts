import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import schema from '../../packages/core/schema/record.json' with { type: 'json' }
import { Declarations } from './declarations.ts'
import { configOptionTable, evalOptionTable, runOptionTable } from './option-tables.ts'
import { fieldTable, kindTable, type Schema } from './schema-table.ts'
import { scorerPages } from './scorer-page.ts'
import { replaceSections } from './sections.ts'

/** The pages of `docs` that are written from the sources, as they should be: path → text. */
export function generatedDocs(root: string): Record<string, string> {
  const declarations = new Declarations(root)
  const withSections = (path: string, sections: Readonly<Record<string, string>>): Record<string, string> => ({
    [path]: replaceSections(readFileSync(join(root, path), 'utf8'), sections),
  })
  const record: Schema = schema
  const definition = (name: string): Schema => record.$defs?.[name] ?? {}
  return {
    ...scorerPages(declarations),
    ...withSections('docs/configuration.md', {
      run: runOptionTable(declarations),
      config: configOptionTable(declarations),
      eval: evalOptionTable(declarations),
    }),
    ...withSections('docs/record-format.md', {
      record: fieldTable(record),
      score: fieldTable(definition('score')),
      error: fieldTable(definition('error')),
      usage: fieldTable(definition('usage')),
      call: fieldTable(definition('call')),
      trace: kindTable(definition('traceEntry')),
    }),
  }
}
