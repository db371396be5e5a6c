import { createRequire } from 'node:module'
import { EvalsError } from '@evals/core'
import type { AnyNode, Pattern } from 'acorn'

/** Which fixtures a task wants. */
export interface TaskFixtures {
  /** Keys of the destructured second parameter. */
  readonly names: readonly string[]
  /** The second parameter is destructured, or there is none. */
  readonly destructured: boolean
}

/**
 * An arrow function that destructures nothing but plain names; the last group has those of its second parameter. Most
 * tasks look so, and need no parser, which takes a worker 13 ms to load.
 */
const plainArrow = /^(?:async\s*)?(?:[\w$]+|\(\s*(?:(?:[\w$]+|\{[\w$\s,]*\})\s*(?:,\s*\{([\w$\s,]*)\}\s*)?)?\))\s*=>/

/**
 * The fixtures a task names in its second parameter, read from its source, as Vitest does with a test's first.
 * @throws EvalsError `EVALS_TASK_UNREADABLE`
 */
export function taskFixtures(task: (...parameters: never[]) => unknown): TaskFixtures {
  const source = Function.prototype.toString.call(task)
  // A bound or built-in function shows no parameters, so it can name no fixtures.
  if (/\{\s*\[native code\]\s*\}$/.test(source)) return { names: [], destructured: true }
  const plain = plainArrow.exec(source)
  if (plain !== null) {
    const [, names = ''] = plain
    return { names: names.split(',').flatMap((name) => name.trim() || []), destructured: true }
  }
  const context = parametersOf(source)[1]
  const pattern = context?.type === 'AssignmentPattern' ? context.left : context
  if (pattern === undefined) return { names: [], destructured: true }
  if (pattern.type !== 'ObjectPattern') return { names: [], destructured: false }
  const names = pattern.properties.flatMap((property) => {
    if (property.type === 'RestElement') return []
    if (!property.computed && property.key.type === 'Identifier') return [property.key.name]
    if (property.key.type === 'Literal' && typeof property.key.value === 'string') return [property.key.value]
    throw unreadable(source, 'the second parameter has a computed key')
  })
  return { names, destructured: true }
}

/** Makes Vitest, which reads a test function's text, see just these fixtures in it. */
export function showFixtures(names: readonly string[]): <Test extends (context: never) => unknown>(test: Test) => Test {
  const text = `({ ${names.map((name) => (/^[\w$]+$/.test(name) ? name : JSON.stringify(name))).join(', ')} }) => {}`
  const shown = { toString: () => text }
  return (test) => Object.assign(test, shown)
}

function parametersOf(source: string): Pattern[] {
  const node = parse(`(${source})`)
  if (node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression') return node.params
  // What else is a function's text is that of a method.
  const holder = parse(`(class { ${source} })`)
  const [method] = holder?.type === 'ClassExpression' ? holder.body.body : []
  if (method?.type === 'MethodDefinition') return method.value.params
  throw unreadable(source, 'it is no function expression')
}

function parse(text: string): AnyNode | undefined {
  const { parseExpressionAt } = createRequire(import.meta.url)('acorn') as typeof import('acorn')
  try {
    return parseExpressionAt(text, 0, { ecmaVersion: 'latest', allowAwaitOutsideFunction: true })
  } catch {
    return undefined
  }
}

function unreadable(source: string, why: string): EvalsError {
  return new EvalsError(
    'EVALS_TASK_UNREADABLE',
    `The task's fixtures cannot be read from \`${source.slice(0, 60)}\`: ${why}. Write the task as (row, { model }) => …`,
  )
}
