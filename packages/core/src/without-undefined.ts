/** The type of {@link withoutUndefined}: members that may be `undefined` may be absent instead. */
export type WithoutUndefined<Members> = {
  [Name in keyof Members as undefined extends Members[Name] ? never : Name]: Members[Name]
} & {
  [Name in keyof Members as undefined extends Members[Name] ? Name : never]?: Exclude<Members[Name], undefined>
}

/** A copy of an object that lacks its members that are `undefined`, in the order of the others. */
export function withoutUndefined<Members extends object>(members: Members): WithoutUndefined<Members> {
  const present = Object.entries(members).filter(([, member]) => member !== undefined)
  return Object.fromEntries(present) as WithoutUndefined<Members>
}
