import type { AnyNode, ArrowFunctionExpression, FunctionDeclaration, FunctionExpression } from 'acorn'

type FunctionNode = ArrowFunctionExpression | FunctionDeclaration | FunctionExpression

/** The nodes directly below a node, in the order of the text. */
export function childNodes(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode)
}

/** A node and all below it. */
export function nodesIn(node: AnyNode): AnyNode[] {
  const nodes = [node]
  // The list grows while it is walked.
  for (const next of nodes) for (const child of childNodes(next)) nodes.push(child)
  return nodes
}

/** A node's text without its layout: what it says, whatever its comments, quotes and place in the file. */
export function canonicalSyntax(node: AnyNode, importOf: (node: AnyNode) => string | undefined): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === 'start' || key === 'end') return undefined
    if (typeof value === 'bigint') return `${value}n`
    if (!isNode(value)) return value
    if (value.type === 'Identifier') return { name: importOf(value) ?? value.name }
    // The same string is the same in other quotes; a number or an expression has its value or its own fields.
    return value.type === 'Literal' ? { ...value, raw: undefined } : value
  })
}

/** The string that an import names, where the node is one of a fixed module. */
export function importedUrl(node: AnyNode | null | undefined): string | undefined {
  if (node?.type === 'AwaitExpression') return importedUrl(node.argument)
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined
  // These are what Vite makes of `import … from` and of `import(…)`.
  if (!/^__vite_ssr_(?:dynamic_)?import__$/.test(node.callee.name)) return undefined
  return literalString(node.arguments[0])
}

/** The value of a string that is written out. */
export function literalString(node: AnyNode | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}

/** Of `object.name`, the name. */
export function propertyName(node: AnyNode): string | undefined {
  return node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier'
    ? node.property.name
    : undefined
}

/** Whether a node is a function, however it is written. */
export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration'
  )
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value
}
