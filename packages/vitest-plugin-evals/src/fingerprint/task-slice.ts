import type { Variant } from '@evals/core'
import { parse, type AnyNode, type Program } from 'acorn'
import { bindNames, type Names } from './bind-names.ts'
import { findCandidates, findDeclarations, type Candidate } from './find-declarations.ts'
import { readCallee } from './read-callee.ts'
import type { Binding } from './scope.ts'
import { canonicalSyntax, importedUrl, nodesIn } from './syntax.ts'
import { writtenNames } from './written-names.ts'

/** Which eval of a file is meant. */
export interface DeclaredTask {
  /** As written, without the describes around it. */
  readonly name: string
  /** `String(task)` in a worker. */
  readonly text: string
  /** One combination of its variants; without it the values of all of them count. */
  readonly variant?: Variant | undefined
}

/** What of an eval file makes one task. */
export interface TaskSlice {
  /** Pieces of the file, in a form that layout and order do not change. */
  readonly pieces: readonly string[]
  /** The modules that they use, as Vite writes them. */
  readonly urls: readonly string[]
}

/** An eval file in the form that Vite gives to workers. */
export class EvalFile {
  readonly code: string
  readonly #program: Program
  readonly #names: Names
  readonly #candidates: readonly Candidate[]
  readonly #written = new Map<AnyNode, ReadonlySet<Binding>>()

  /** Throws acorn's `SyntaxError`. */
  constructor(code: string) {
    this.code = code
    this.#program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowAwaitOutsideFunction: true })
    dropJsxPlaces(this.#program)
    this.#names = bindNames(this.#program)
    this.#candidates = findCandidates(this.#program, this.#names)
  }

  /**
   * All that a task's answers can depend on here; `undefined` if the task, or something it uses, cannot be found.
   * @param nameOf - gives a module's name for the URL that Vite writes
   */
  slice(task: DeclaredTask, nameOf: (url: string) => string): TaskSlice | undefined {
    const declarations = findDeclarations(this.#candidates, this.code, task)
    if (declarations.length === 0) return undefined
    const used = new Set<AnyNode>()
    for (const declaration of declarations) {
      const { parts } = readCallee(declaration.call.callee, this.#names, task.variant)
      const roots = [declaration.task, ...parts, ...this.#effectsAround(declaration)]
      if (!roots.every((root) => this.#use(root, used))) return undefined
    }
    if (!declarations.every((declaration) => this.#useWriters(declaration, used))) return undefined
    const { bindings } = this.#names
    const importOf = (node: AnyNode): string | undefined => {
      const url = bindings.get(node)?.url
      return url === undefined ? undefined : `import ${nameOf(url)}`
    }
    const urls = [...used].flatMap(nodesIn).map((node) => bindings.get(node)?.url ?? importedUrl(node))
    return {
      pieces: [...new Set([...used].map((piece) => canonicalSyntax(piece, importOf)))].toSorted(),
      urls: [...new Set([...urls, ...this.#importsForEffect()])].filter((url) => url !== undefined),
    }
  }

  /** Adds a piece and what the names in it stand for; `false` if one of them gets its value where nobody can see. */
  #use(piece: AnyNode, used: Set<AnyNode>): boolean {
    if (used.has(piece)) return true
    used.add(piece)
    return nodesIn(piece).every((node) => {
      const binding = this.#names.bindings.get(node)
      if (binding === undefined || binding.url !== undefined || contains(piece, binding.at)) return true
      return binding.sources?.every((source) => this.#use(source, used)) === true
    })
  }

  /** Hooks, and whatever else the file, and the describes around an eval, do without declaring anything. */
  #effectsAround(candidate: Candidate): AnyNode[] {
    const declaresEval = this.#evalsLike(candidate)
    return this.#statementsAround(candidate).filter(
      (statement) => !statement.type.endsWith('Declaration') && !isExport(statement) && !declaresEval(statement),
    )
  }

  /** Adds the declarations that change what the pieces use: `const polite = register('polite', 'Be polite.')`. */
  #useWriters(candidate: Candidate, used: Set<AnyNode>): boolean {
    const declarations = this.#statementsAround(candidate).flatMap((statement): readonly AnyNode[] => {
      if (statement.type === 'VariableDeclaration') return statement.declarations
      return statement.type === 'ClassDeclaration' ? [statement] : []
    })
    const declaresEval = this.#evalsLike(candidate)
    for (let size = -1; size < used.size;) {
      size = used.size
      const names = new Set([...used].flatMap(nodesIn).map((node) => this.#names.bindings.get(node)))
      for (const declaration of declarations) {
        if (used.has(declaration) || !this.#writtenBy(declaration, candidate).some((name) => names.has(name))) continue
        if (!declaresEval(declaration) && !this.#use(declaration, used)) return false
      }
    }
    return true
  }

  #writtenBy(declaration: AnyNode, { root }: Candidate): Binding[] {
    const written = this.#written.get(declaration) ?? writtenNames(declaration, this.#names)
    this.#written.set(declaration, written)
    return [...written].filter(({ at, url }) => {
      const callee = readCallee(at, this.#names)
      // What an import holds is its module's, and methods of a test make another one.
      return url === undefined && callee.root !== root && callee.imported !== 'evalTest'
    })
  }

  /** The statements of the file, and of the describes around an eval. */
  #statementsAround({ call }: Candidate): AnyNode[] {
    const statements: AnyNode[] = []
    for (let node = this.#names.parents.get(call); node !== undefined; node = this.#names.parents.get(node)) {
      if (node.type === 'Program' || node.type === 'BlockStatement') statements.push(...node.body)
    }
    return statements
  }

  /** Tells whether a piece declares other evals of the same test, itself or by a function that it calls. */
  #evalsLike({ root }: Candidate): (piece: AnyNode) => boolean {
    const evals = this.#candidates.filter((other) => other.root === root || other.imported === 'evalTest')
    const hasEval = (piece: AnyNode): boolean => evals.some((other) => contains(piece, other.call))
    return (piece) => {
      if (hasEval(piece)) return true
      const used = new Set<AnyNode>()
      this.#use(piece, used)
      return [...used].some(hasEval)
    }
  }

  /** Modules that are imported without a name: they are there for what they do. */
  #importsForEffect(): string[] {
    const { bindings } = this.#names
    const used = new Set([...bindings].flatMap(([node, { at }]) => (node === at ? [] : [at])))
    return [...bindings.values()].flatMap(({ at, url }) => (url === undefined || used.has(at) ? [] : [url]))
  }
}

function contains(outer: AnyNode, inner: AnyNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** What Vite makes of `export`. */
function isExport(statement: AnyNode): boolean {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return false
  const { callee } = statement.expression
  return callee.type === 'Identifier' && callee.name.startsWith('__vite_ssr_export')
}

/** In development, each element of JSX tells its line and the file's absolute path. */
function dropJsxPlaces(program: AnyNode): void {
  for (const node of nodesIn(program)) {
    if (node.type !== 'ObjectExpression') continue
    const [first] = node.properties
    if (first?.type !== 'Property' || first.value.type !== 'Identifier') continue
    if (first.value.name === '_jsxFileName') node.properties = []
  }
}
