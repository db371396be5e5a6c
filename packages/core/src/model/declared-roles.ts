// Several installed copies of the package must still share them.
const key = Symbol.for('@evals/core/declared-roles')
const shared = globalThis as { [key]?: Set<string> }

/** Notes that some code lets a model play this role, so that a role nobody declares can be told from one. */
export function declareRole(role: string): void {
  ;(shared[key] ??= new Set()).add(role)
}

/** The roles that code of this thread has declared, in alphabetical order. */
export function declaredRoles(): readonly string[] {
  return [...(shared[key] ?? [])].toSorted()
}
