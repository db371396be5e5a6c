import canonicalize from 'canonicalize'
import { hash } from 'node:crypto'
import { types } from 'node:util'
import { encodeValue } from './encode-value.ts'
import { isJsonObject, setMember, tagOf } from './stored-form.ts'
import type { JsonObject, JsonValue } from './stored-form.ts'

/**
 * SHA-256 in hex (64 digits) of the canonical JSON (RFC 8785) of a value's stored form, without object members that are
 * undefined. It depends neither on the order of keys nor on whether equal parts are the same object. A lone surrogate
 * counts as U+FFFD. Never throws.
 */
export function canonicalHash(value: unknown): string {
  const json = flatCanonicalJson(value) ?? canonicalize(hashedForm(encodeValue(value))) ?? ''
  return hash('sha256', json, 'hex')
}

/** Identity of a sample without an id of its own: the first 16 hex digits of its input's {@link canonicalHash}. */
export function sampleIdOf(input: unknown): string {
  return canonicalHash(input).slice(0, 16)
}

/**
 * The same text as the long way gives, for what most datasets hold: a text, or an object of texts and numbers. All rows
 * are hashed before the first one runs, so this is time a user waits.
 */
function flatCanonicalJson(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return primitiveJson(value)
  if (types.isProxy(value) || Object.getPrototypeOf(value) !== Object.prototype) return undefined
  const members: string[] = []
  for (const key of Object.keys(value).toSorted()) {
    // It may be a tag.
    if (key.startsWith('$') || !key.isWellFormed()) return undefined
    // Nothing for a getter, which may throw.
    const json = primitiveJson(Object.getOwnPropertyDescriptor(value, key)?.value)
    if (json === undefined) return undefined
    members.push(`${JSON.stringify(key)}:${json}`)
  }
  return `{${members.join(',')}}`
}

function primitiveJson(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.toWellFormed())
    case 'boolean':
      return String(value)
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : undefined
    default:
      return value === null ? 'null' : undefined
  }
}

function hashedForm(stored: JsonValue): JsonValue {
  // RFC 8785 has no form for a lone surrogate.
  if (typeof stored === 'string') return stored.toWellFormed()
  if (Array.isArray(stored)) return stored.map(hashedForm)
  if (!isJsonObject(stored)) return stored
  const hashed: JsonObject = {}
  for (const [key, member] of Object.entries(stored)) {
    const isUndefined = isJsonObject(member) && tagOf(member) === '$undefined'
    if (!isUndefined) setMember(hashed, key.toWellFormed(), hashedForm(member))
  }
  return hashed
}
