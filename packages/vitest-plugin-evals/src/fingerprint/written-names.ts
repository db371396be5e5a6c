import type { AnyNode } from 'acorn'
import type { Names } from './bind-names.ts'
import type { Binding } from './scope.ts'
import { childNodes, isFunction, propertyName } from './syntax.ts'

/** What only reads what it is called on; of any other method nobody can see that. */
const readers = new Set(
  `at charAt concat endsWith entries every filter find findIndex findLast findLastIndex flat flatMap forEach get has
  includes indexOf isDisjointFrom isSubsetOf isSupersetOf join keys lastIndexOf map match matchAll normalize padEnd
  padStart reduce reduceRight repeat replace replaceAll slice some split startsWith substring test then toFixed toJSON
  toLowerCase toReversed toSorted toSpliced toString toUpperCase trim trimEnd trimStart union values with`.split(/\s+/),
)
/** What writes to its first argument. */
const assigners = new Set(['assign', 'defineProperties', 'defineProperty', 'setPrototypeOf'])

/**
 * The names whose value a declaration may change besides its own as the file is loaded, by itself or by the functions of
 * the file that it calls. Functions that it only makes have yet to be called.
 */
export function writtenNames(declaration: AnyNode, names: Names): ReadonlySet<Binding> {
  const walk = new LoadWalk(names)
  walk.run(declaration)
  return walk.written()
}

class LoadWalk {
  readonly #names: Names
  readonly #ran = new Set<AnyNode>()
  readonly #entered = new Set<AnyNode>()
  readonly #written = new Set<Binding>()
  /** What functions were given. */
  readonly #given = new Set<Binding>()
  #writesGiven = false

  constructor(names: Names) {
    this.#names = names
  }

  written(): ReadonlySet<Binding> {
    return this.#writesGiven ? new Set([...this.#written, ...this.#given]) : this.#written
  }

  run(node: AnyNode): void {
    if (this.#ran.has(node)) return
    this.#ran.add(node)
    for (const target of targetsOf(node)) this.#write(target)
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      for (const argument of node.arguments) this.#give(argument)
      this.#enter(node.callee)
    }
    if (node.type === 'TaggedTemplateExpression') this.#enter(node.tag)
    for (const child of childNodes(node)) if (!isFunction(child)) this.run(child)
  }

  /** Runs what a called name stands for; of an object or a class, every method. */
  #enter(callee: AnyNode): void {
    if (isFunction(callee)) return this.#enterFunctions(callee)
    const name = rootOf(callee)
    for (const source of this.#names.bindings.get(name)?.sources ?? []) {
      this.run(source)
      this.#enterFunctions(source)
    }
  }

  #enterFunctions(node: AnyNode): void {
    if (this.#entered.has(node)) return
    this.#entered.add(node)
    for (const child of childNodes(node)) {
      if (!isFunction(node)) this.#enterFunctions(child)
      else if (!isFunction(child)) this.run(child)
    }
  }

  #give(argument: AnyNode): void {
    // A function that is handed over may be called at once.
    if (isFunction(argument)) return this.#enterFunctions(argument)
    const binding = this.#names.bindings.get(rootOf(argument))
    if (binding === undefined) return
    this.#given.add(binding)
    for (const source of binding.sources ?? []) {
      if (source.type === 'FunctionDeclaration' || isFunctionVariable(source)) this.#enterFunctions(source)
    }
  }

  #write(target: AnyNode): void {
    const binding = this.#names.bindings.get(rootOf(target))
    if (binding === undefined || this.#written.has(binding)) return
    this.#written.add(binding)
    if (binding.sources === undefined) this.#writesGiven = true
    // Another name for the same object: `const list = registry.list`.
    for (const source of binding.sources ?? []) {
      const value = source.type === 'VariableDeclarator' ? source.init : source
      if (value?.type === 'Identifier' || value?.type === 'MemberExpression') this.#write(value)
    }
  }
}

/** What a node writes to, as far as the node itself shows. */
function targetsOf(node: AnyNode): AnyNode[] {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return patternTargets(node.left)
    case 'UpdateExpression':
      return [node.argument]
    case 'UnaryExpression':
      return node.operator === 'delete' ? [node.argument] : []
    case 'CallExpression': {
      const method = propertyName(node.callee)
      if (method !== undefined && assigners.has(method)) return node.arguments.slice(0, 1)
      const isRead = method !== undefined && readers.has(method)
      return node.callee.type === 'MemberExpression' && !isRead ? [node.callee.object] : []
    }
    default:
      return []
  }
}

function patternTargets(node: AnyNode): AnyNode[] {
  if (node.type === 'VariableDeclaration') return []
  return node.type.endsWith('Pattern') ? childNodes(node).flatMap(patternTargets) : [node]
}

/** Of `list.items[0].get(key)`, `list`. */
function rootOf(node: AnyNode): AnyNode {
  switch (node.type) {
    case 'MemberExpression':
      return rootOf(node.object)
    case 'CallExpression':
      return rootOf(node.callee)
    case 'ChainExpression':
      return rootOf(node.expression)
    default:
      return node
  }
}

function isFunctionVariable(node: AnyNode): boolean {
  return node.type === 'VariableDeclarator' && Boolean(node.init && isFunction(node.init))
}
