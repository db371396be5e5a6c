import type { AnyNode, CallExpression } from 'acorn'
import type { Names } from './bind-names.ts'
import { readCallee } from './read-callee.ts'
import { isFunction, literalString, nodesIn, propertyName } from './syntax.ts'

/** A call that has the shape of an eval's declaration: a name and then a task. */
export interface Candidate {
  readonly call: CallExpression
  readonly task: AnyNode
  /** The name, where it is written out. */
  readonly name: string | undefined
  /** What declares it, see `Callee`. */
  readonly root: string
  readonly imported: string | undefined
}

/** All calls of a file that may declare an eval. */
export function findCandidates(program: AnyNode, names: Names): Candidate[] {
  return nodesIn(program).flatMap((call) => {
    if (call.type !== 'CallExpression') return []
    const [first, task] = call.arguments
    // A hook's first argument is a function; `extend` makes a test and declares no eval.
    if (first === undefined || task === undefined || isFunction(first)) return []
    if (propertyName(call.callee) === 'extend') return []
    const { root, imported } = readCallee(call.callee, names)
    return [{ call, task, name: literalString(first), root, imported }]
  })
}

/**
 * The calls that may declare a task; usually one, several where they cannot be told apart, none if it is not there.
 * @param text - `String(task)` of the running task
 */
export function findDeclarations(
  candidates: readonly Candidate[],
  code: string,
  { name, text }: { readonly name: string; readonly text: string },
): Candidate[] {
  const written = candidates.filter(({ task }) => code.slice(task.start, task.end) === text)
  const ways = [
    written.filter((candidate) => candidate.name === name),
    // In a loop, names are computed.
    written.filter((candidate) => candidate.name === undefined),
    // A task that has a name of its own, is imported, or is what a function returned, stands elsewhere.
    candidates.filter(
      (candidate) => candidate.name === name && candidate.imported !== undefined && !isFunction(candidate.task),
    ),
  ]
  return ways.find((found) => found.length > 0) ?? []
}
