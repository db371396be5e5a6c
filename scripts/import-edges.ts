import { Visitor } from 'oxc-parser'
import type { SourceFile } from './source-files.ts'

/** One import, re-export, dynamic import or type import of a file. */
export interface ImportEdge {
  readonly file: SourceFile
  readonly line: number
  readonly specifier: string
  /** `type` is erased when the file is compiled, `dynamic` loads the module only when the line runs. */
  readonly kind: 'static' | 'type' | 'dynamic'
}

interface Literal {
  readonly type: string
  readonly start: number
  readonly value?: unknown
  readonly quasis?: readonly { readonly value: { readonly cooked: string | null } }[]
}

/** Everything a file imports under a name written out in it; computed names cannot be known. */
export function importEdges(file: SourceFile): ImportEdge[] {
  const edges: ImportEdge[] = []
  const add = (source: Literal | null | undefined, kind: ImportEdge['kind']): void => {
    const specifier = textOf(source)
    if (source && specifier !== undefined) edges.push({ file, line: file.lineOf(source.start), specifier, kind })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type' ? 'type' : 'static'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type' ? 'type' : 'static'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type' ? 'type' : 'static'),
    ImportExpression: (node) => add(node.source, 'dynamic'),
    TSImportType: (node) => add(node.source, 'type'),
    TSModuleDeclaration: (node) => add(node.id, 'type'),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0], 'dynamic')
    },
  }).visit(file.program)
  return edges
}

function textOf(node: Literal | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.quasis?.length === 1) return node.quasis[0]?.value.cooked ?? undefined
  return undefined
}
