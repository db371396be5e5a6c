import { sharedValue } from '../shared-value.ts'

/** Which model plays which role, as `provider:model` by the role's name; `default` is for roles declared without a model. */
export type ModelRoles = Readonly<Record<string, string>>

const current = sharedValue('model-roles', (): { roles: ModelRoles } => ({ roles: {} }))

/** Re-points roles for all models of this thread; the plugin and `evaluate` call it before a run, with the option `models`. */
export function useModelRoles(roles: ModelRoles): void {
  current.roles = roles
}

/**
 * The model that plays a role: that of {@link useModelRoles}, else the declared one, else that of the role `default`.
 * @param declared the model that the code names for the role
 * @returns `provider:model`, or what was declared; `undefined` where nobody names one
 */
export function modelForRole<Declared = string>(role: string, declared?: Declared): Declared | string | undefined {
  const { roles } = current
  return entryOf(roles, role) ?? declared ?? entryOf(roles, 'default')
}

function entryOf(roles: ModelRoles, role: string): string | undefined {
  return Object.hasOwn(roles, role) ? roles[role] : undefined
}
