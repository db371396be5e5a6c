import { setMember } from '../stored-value/stored-form.ts'

/** Names under which clients keep what was sent and received besides the body. */
const headers = /^(?:(?:request|response|raw)?_?headers?|(?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api[-_]?key)$/i

/** As deep as values of a record may be nested. */
const deepest = 500

/**
 * A vendor's response as data, without headers at any depth: they name accounts, and may hold keys and cookies. So may
 * instances of classes, such as a client's own request; they are left empty.
 */
export function withoutHeaders(response: unknown): unknown {
  const copies = new Map<object, unknown>()
  const copyOf = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value
    if (copies.has(value)) return copies.get(value)
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
    copies.set(value, copy)
    if (depth === deepest) return copy
    if (Array.isArray(copy)) for (const element of value as unknown[]) copy.push(copyOf(element, depth + 1))
    else if (isPlain(value)) {
      for (const [name, member] of Object.entries(value)) {
        if (!headers.test(name)) setMember(copy, name, copyOf(member, depth + 1))
      }
    }
    return copy
  }
  return copyOf(response, 0)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
