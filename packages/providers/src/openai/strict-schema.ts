/** A JSON Schema, or a part of one. */
type Schema = Readonly<Record<string, unknown>>

/**
 * Whether OpenAI's strict mode takes this schema: each object forbids other properties and requires all it has. Others
 * would be refused, so they are sent without it and are only a strong hint.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema)
  if (typeof schema !== 'object' || schema === null) return true
  const { type, required, additionalProperties, ...rest } = schema as Schema
  const properties = rest['properties'] as Schema | undefined
  if (type === 'object' || properties !== undefined) {
    const names = Object.keys(properties ?? {})
    const isClosed = additionalProperties === false
    const isComplete = Array.isArray(required) && names.every((name) => required.includes(name))
    if (!isClosed || !(isComplete || names.length === 0)) return false
  }
  return nested(rest).every(isStrictSchema)
}

function nested({ items, anyOf, properties, $defs, definitions }: Schema): unknown[] {
  return [items, anyOf, ...[properties, $defs, definitions].flatMap((named) => Object.values((named ?? {}) as Schema))]
}
