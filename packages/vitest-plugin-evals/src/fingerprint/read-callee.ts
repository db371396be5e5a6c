import type { Variant } from '@evals/core'
import type { AnyNode, CallExpression, Property } from 'acorn'
import type { Names } from './bind-names.ts'
import { propertyName } from './syntax.ts'

/** What a call is made on: `test` and what made it. */
export interface Callee {
  /** What its fixtures and variants are made of, and where it starts. */
  readonly parts: readonly AnyNode[]
  /** What it starts with: the same text for all that is made of one import. */
  readonly root: string
  /** The name under which it was imported; absent for what the file itself declares. */
  readonly imported: string | undefined
}

/** Follows a callee such as `test.extend(…).each(rows)` to where it starts, through constants. */
export function readCallee(callee: AnyNode, names: Names, variant?: Variant): Callee {
  const parts: AnyNode[] = []
  const passed = new Set<AnyNode>()
  let node = callee
  while (!passed.has(node)) {
    passed.add(node)
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
      parts.push(...argumentParts(node, variant))
      node = node.callee
    } else if (node.type === 'MemberExpression') {
      const url = names.bindings.get(node.object)?.url
      const imported = propertyName(node)
      if (url !== undefined) return { parts: [...parts, node], root: `${url} ${imported}`, imported }
      node = node.object
    } else if (node.type === 'SequenceExpression') {
      // `(0, module.name)` is how Vite calls what was imported.
      node = node.expressions.at(-1)!
    } else {
      const [source, ...others] = names.bindings.get(node)?.sources ?? []
      if (source?.type !== 'VariableDeclarator' || source.id.type !== 'Identifier' || !source.init) break
      parts.push(...others)
      node = source.init
    }
  }
  const start = names.bindings.get(node)?.at.start ?? (node.type === 'Identifier' ? node.name : node.start)
  return { parts: [...parts, node], root: String(start), imported: undefined }
}

/** Rows and conditions are not the task. */
const methodsApart = new Set(['each', 'batch', 'skipIf', 'runIf'])

function argumentParts({ callee, arguments: given }: CallExpression, variant: Variant | undefined): readonly AnyNode[] {
  const method = propertyName(callee) ?? ''
  if (methodsApart.has(method)) return []
  const dimensions = method === 'variants' && variant !== undefined ? propertiesIn(given[0]) : undefined
  if (dimensions === undefined) return given
  // Of `{ model: { mini, big } }` only what the combination has, so that a further value changes no other.
  return [...dimensions].map(
    ([dimension, property]) => propertiesIn(property.value)?.get(variant?.[dimension] ?? '') ?? property,
  )
}

/** The properties of an object whose keys are written out. */
function propertiesIn(node: AnyNode | undefined): Map<string, Property> | undefined {
  if (node?.type !== 'ObjectExpression') return undefined
  const properties = new Map<string, Property>()
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.computed) return undefined
    const { key } = property
    properties.set(key.type === 'Identifier' ? key.name : String(key.type === 'Literal' && key.value), property)
  }
  return properties
}
