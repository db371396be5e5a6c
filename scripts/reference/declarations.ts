import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import type {
  Comment,
  Directive,
  Function as OxcFunction,
  Statement,
  TSInterfaceDeclaration,
  TSTypeAliasDeclaration,
} from 'oxc-parser'
import { type Docstring, readDocstring } from './docstring.ts'

/** A declaration that can be documented. */
export type Declared = OxcFunction | TSInterfaceDeclaration | TSTypeAliasDeclaration

/** A declaration with the file that it stands in. */
export interface Declaration {
  readonly file: ParsedFile
  readonly node: Declared
  readonly docstring: Docstring
}

/** A TypeScript file, parsed. */
export interface ParsedFile {
  /** Relative to the root. */
  readonly path: string
  readonly text: string
  readonly statements: readonly (Directive | Statement)[]
  readonly comments: readonly Comment[]
}

/** The declarations of the packages' sources. */
export class Declarations {
  readonly #files = new Map<string, ParsedFile>()
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** A file by its path relative to the root. */
  file(path: string): ParsedFile {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const text = readFileSync(join(this.#root, path), 'utf8')
    const { program, comments, errors } = parseSync(path, text)
    if (errors[0] !== undefined) throw new SyntaxError(`${path}: ${errors[0].message}`)
    const parsed = { path, text, statements: program.body, comments }
    this.#files.set(path, parsed)
    return parsed
  }

  /** The names of the values that a file exports again from others. */
  exportedValues(path: string): string[] {
    return this.file(path).statements.flatMap((statement) => {
      if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return []
      return statement.specifiers.flatMap(({ exported, exportKind }) =>
        exportKind === 'value' && exported.type === 'Identifier' ? [exported.name] : [],
      )
    })
  }

  /** What a name means in a file: a declaration of its own, or one that it imports or exports again. */
  find(path: string, name: string): Declaration | undefined {
    const file = this.file(path)
    for (const statement of file.statements) {
      const node = 'declaration' in statement && statement.declaration !== null ? statement.declaration : statement
      if (isDeclared(node) && node.id?.name === name) {
        return { file, node, docstring: readDocstring(commentBefore(file, statement.start)) }
      }
      if (!('source' in statement) || statement.source === null || !('specifiers' in statement)) continue
      const original = statement.specifiers.map(namesOf).find(([, here]) => here === name)?.[0]
      const source = resolve(path, statement.source.value)
      if (original !== undefined && source !== undefined) return this.find(source, original)
    }
    return undefined
  }
}

/** The docstring that stands directly before an offset, without its marks; empty where there is none. */
export function commentBefore({ text, comments }: ParsedFile, offset: number): string {
  const comment = comments.filter(({ end }) => end <= offset).at(-1)
  const isDocstring = comment?.type === 'Block' && comment.value.startsWith('*')
  return isDocstring && text.slice(comment.end, offset).trim() === '' ? comment.value.slice(1) : ''
}

function isDeclared(node: { readonly type: string }): node is Declared {
  return ['FunctionDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration'].includes(node.type)
}

/** The name that a specifier has where it comes from, and here. */
function namesOf(specifier: object): readonly [original: string | undefined, here: string | undefined] {
  const name = (key: string): string | undefined => {
    const node = (specifier as Record<string, { readonly name?: string } | undefined>)[key]
    return node?.name
  }
  return 'exported' in specifier ? [name('local'), name('exported')] : [name('imported'), name('local')]
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  const [, core, entry = 'index'] = /^@evals\/(core)(?:\/(.+))?$/.exec(specifier) ?? []
  return core === undefined ? undefined : `packages/core/src/${entry}.ts`
}
