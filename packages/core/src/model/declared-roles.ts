import { sharedValue } from '../shared-value.ts'

const declared = sharedValue('declared-roles', () => new Set<string>())

/** Notes that some code lets a model play this role, so that a role nobody declares can be told from one. */
export function declareRole(role: string): void {
  declared.add(role)
}

/** The roles that code of this thread has declared, in alphabetical order. */
export function declaredRoles(): readonly string[] {
  return [...declared].toSorted()
}
