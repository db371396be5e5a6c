import type { AnyNode, Identifier, Pattern, Program, VariableDeclaration } from 'acorn'
import { Scope, type Binding } from './scope.ts'
import { childNodes, importedUrl, isFunction } from './syntax.ts'

/** What the identifiers of a file stand for. */
export interface Names {
  /** Identifier → binding; those of globals and of properties have none. */
  readonly bindings: ReadonlyMap<AnyNode, Binding>
  readonly parents: ReadonlyMap<AnyNode, AnyNode>
}

/** Finds out which declaration each identifier means. */
export function bindNames(program: Program): Names {
  const binder = new Binder()
  binder.visit(program, new Scope(undefined, true))
  return { bindings: binder.resolve(), parents: binder.parents }
}

class Binder {
  readonly parents = new Map<AnyNode, AnyNode>()
  /** Resolved at the end, since a name may be used before its declaration. */
  readonly #uses: { readonly identifier: Identifier; readonly scope: Scope }[] = []
  readonly #writes: { readonly identifier: Identifier; readonly by: AnyNode }[] = []

  visit(node: AnyNode, scope: Scope): void {
    if (node.type === 'Identifier') this.#uses.push({ identifier: node, scope })
    if (node.type === 'AssignmentExpression') this.#write(node.left, node)
    if (node.type === 'UpdateExpression') this.#write(node.argument, node)
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') this.#write(node.left, node.right)
    if (node.type === 'VariableDeclaration') this.#declareVariables(node, scope)
    if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id !== null) {
      scope.declare(node.id, [node])
    }
    const inner = this.#scopeOf(node, scope)
    for (const child of childNodes(node)) {
      this.parents.set(child, node)
      if (!isPlainName(child, node)) this.visit(child, inner)
    }
  }

  resolve(): Map<AnyNode, Binding> {
    const bindings = new Map<AnyNode, Binding>()
    for (const { identifier, scope } of this.#uses) {
      const binding = scope.find(identifier.name)
      if (binding !== undefined) bindings.set(identifier, binding)
    }
    for (const { identifier, by } of this.#writes) bindings.get(identifier)?.sources?.push(by)
    return bindings
  }

  #declareVariables(node: VariableDeclaration, scope: Scope): void {
    const target = node.kind === 'var' ? scope.ofVars() : scope
    const parent = this.parents.get(node)
    const loop = parent?.type.startsWith('For') ? headOf(parent) : undefined
    for (const declarator of node.declarations) {
      const url = declarator.id.type === 'Identifier' ? importedUrl(declarator.init) : undefined
      for (const name of namesIn(declarator.id)) target.declare(name, loop ?? [declarator], url)
    }
  }

  /** The scope of what is inside a node, with the names that the node itself declares. */
  #scopeOf(node: AnyNode, scope: Scope): Scope {
    if (isFunction(node)) {
      const inner = new Scope(scope, true)
      if (node.type === 'FunctionExpression' && node.id) inner.declare(node.id, [node])
      const sources = callOf(node, this.parents.get(node))
      for (const name of node.params.flatMap(namesIn)) inner.declare(name, sources)
      return inner
    }
    if (node.type === 'ClassExpression' && node.id) {
      const inner = new Scope(scope, false)
      inner.declare(node.id, [node])
      return inner
    }
    if (node.type === 'CatchClause') {
      const inner = new Scope(scope, false)
      for (const name of node.param ? namesIn(node.param) : []) inner.declare(name, undefined)
      return inner
    }
    return /^(?:BlockStatement|StaticBlock|SwitchStatement|For\w*Statement)$/.test(node.type)
      ? new Scope(scope, false)
      : scope
  }

  #write(target: AnyNode, by: AnyNode): void {
    if (target.type === 'MemberExpression') return this.#write(target.object, by)
    if (target.type === 'Identifier') this.#writes.push({ identifier: target, by })
    else if (target.type.endsWith('Pattern')) {
      for (const name of namesIn(target as Pattern)) this.#writes.push({ identifier: name, by })
    }
  }
}

/** Whether an identifier is only a property's or a label's name. */
function isPlainName(child: AnyNode, parent: AnyNode): boolean {
  if (child.type !== 'Identifier') return false
  switch (parent.type) {
    case 'MemberExpression':
      return child === parent.property && !parent.computed
    case 'Property':
      // Of a shorthand, key and value are one node.
      return child === parent.key && child !== parent.value && !parent.computed
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return child === parent.key && !parent.computed
    default:
      return /^(?:LabeledStatement|BreakStatement|ContinueStatement|MetaProperty)$/.test(parent.type)
  }
}

function headOf(loop: AnyNode): AnyNode[] {
  return 'body' in loop ? childNodes(loop).filter((child) => child !== loop.body) : []
}

/** What a function is called with, where it is handed to the one who calls it, as to `forEach` or `describe.each`. */
function callOf(node: AnyNode, parent: AnyNode | undefined): AnyNode[] | undefined {
  if (parent?.type !== 'CallExpression') return undefined
  return childNodes(parent).filter((child) => child !== node)
}

function namesIn(pattern: Pattern): Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)))
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    default:
      return []
  }
}
