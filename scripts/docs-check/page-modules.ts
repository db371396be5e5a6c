import { parseSync } from 'oxc-parser'
import type { BindingPattern, BindingRestElement, Program } from 'oxc-parser'
import type { CodeBlock } from './code-blocks.ts'

/** A module made of one block of a page; its code begins on the second line. */
export interface PageModule {
  readonly name: string
  readonly text: string
  /** 1-based line of the page at which the code begins. */
  readonly line: number
}

/**
 * Makes modules of the blocks of a page, as somebody reads it from top to bottom: what a block does not declare itself it
 * imports from the last block before it that does. A block that begins with `// name.ts` is the file of that name, for
 * those who import `./name.ts`.
 */
export function pageModules(blocks: readonly CodeBlock[]): PageModule[] {
  const declaredIn = new Map<string, string>()
  const taken = new Set<string>()
  return blocks.map(({ code, line }, index) => {
    const [, asked = ''] = /^\/\/ ([\w./-]+\.tsx?)\b/.exec(code) ?? []
    const name = asked === '' || taken.has(asked) ? `block-${index + 1}.ts` : asked
    taken.add(name)
    const { program } = parseSync(name, code)
    const own = declaredNames(program)
    const exported = new Set(exportedNames(program))
    const imports = [...declaredIn]
      .filter(([one]) => !own.includes(one) && new RegExp(`(?<![.\\w$'-])${one}(?![\\w$'-])`).test(code))
      .map(([one, from]) => `import { ${one} } from './${from}'; `)
    for (const one of own) declaredIn.set(one, name)
    const exports = own.filter((one) => !exported.has(one))
    return { name, text: `${imports.join('')}\n${code}\nexport { ${exports.join(', ')} }\n`, line }
  })
}

/** The names that a module declares or imports at its top. */
function declaredNames({ body }: Program): string[] {
  return body.flatMap((statement): string[] => {
    if (statement.type === 'ImportDeclaration') return statement.specifiers.map(({ local }) => local.name)
    const node = statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? statement) : statement
    if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => boundNames(id))
    return 'id' in node && node.id !== null && 'name' in node.id && typeof node.id.name === 'string'
      ? [node.id.name]
      : []
  })
}

function exportedNames({ body }: Program): string[] {
  return declaredNames({ body: body.filter(({ type }) => type === 'ExportNamedDeclaration') } as Program)
}

/** The names that a pattern such as `{ a, b: [c] }` binds. */
function boundNames(pattern: BindingPattern | BindingRestElement): string[] {
  if (pattern.type === 'Identifier') return [pattern.name]
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.flatMap((part) => (part === null ? [] : boundNames(part)))
  if (pattern.type === 'AssignmentPattern') return boundNames(pattern.left)
  if (pattern.type === 'RestElement') return boundNames(pattern.argument)
  return pattern.properties.flatMap((part) => boundNames(part.type === 'Property' ? part.value : part))
}
