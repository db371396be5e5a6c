import { bytesInView } from './bytes-in-view.ts'
import { isJsonObject, setMember, tagOf } from './stored-form.ts'
import type { JsonObject, JsonValue, StoredBlob, StoredKey } from './stored-form.ts'

export type { StoredBlob } from './stored-form.ts'

/** Options of {@link decodeValue}. */
export interface DecodeOptions {
  /** The bytes of an attachment; `undefined` if it is not at hand. Default: binary values stay as they are stored. */
  readonly readBlob?: (blob: StoredBlob) => Uint8Array | undefined
}

/**
 * The value of a stored form that `encodeValue` made and JSON may have carried. What was not storable, and bytes that
 * are not at hand, stay as their tagged objects. `encoded` is not changed, and the result shares nothing with it.
 */
export function decodeValue(encoded: unknown, options: DecodeOptions = {}): unknown {
  const stored = encoded as JsonValue
  return new Decoder(stored, options).decode(stored)
}

const leafTags: ReadonlySet<ReturnType<typeof tagOf>> = new Set([
  '$bigint',
  '$blob',
  '$date',
  '$number',
  '$regexp',
  '$undefined',
  '$url',
] as const)
const hiddenOfErrors: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors'])

class Decoder {
  readonly #root: JsonValue
  readonly #options: DecodeOptions
  /** Stored object → its value, which may still be under construction when a reference asks for it. */
  readonly #values = new Map<JsonValue, unknown>()

  constructor(root: JsonValue, options: DecodeOptions) {
    this.#root = root
    this.#options = options
  }

  decode(stored: JsonValue): unknown {
    if (Array.isArray(stored)) return this.#decodeArray(stored)
    if (!isJsonObject(stored)) return stored
    const tag = tagOf(stored)
    // `tagOf` has checked the content.
    const content = (tag === undefined ? null : stored[tag]) as never
    switch (tag) {
      case '$bigint':
        return BigInt(content)
      case '$blob':
        return this.#decodeBlob(stored)
      case '$date':
        return new Date(content)
      case '$error':
        return this.#decodeError(stored, content)
      case '$escape':
        return this.#decodeMembers(content, content)
      case '$map':
        return this.#decodeMap(stored, content)
      case '$number':
        return Number(content)
      case '$ref':
        return this.#decodeRef(stored, content)
      case '$regexp':
        return new RegExp(content[0], content[1])
      case '$set':
        return this.#decodeSet(stored, content)
      case '$undefined':
        return undefined
      case '$url':
        return new URL(content)
      default:
        return this.#decodeMembers(stored, stored)
    }
  }

  #decodeArray(stored: JsonValue[]): unknown {
    const list: unknown[] = []
    this.#values.set(stored, list)
    for (const element of stored) list.push(this.decode(element))
    return list
  }

  #decodeMembers(owner: JsonObject, members: JsonObject): unknown {
    const value = {}
    this.#values.set(owner, value)
    for (const [key, member] of Object.entries(members)) setMember(value, key, this.decode(member))
    return value
  }

  #decodeError(owner: JsonObject, members: JsonObject): unknown {
    const error = new Error()
    this.#values.set(owner, error)
    // Its own stack would point here.
    Reflect.deleteProperty(error, 'stack')
    for (const [key, member] of Object.entries(members)) {
      const value = this.decode(member)
      if (!hiddenOfErrors.has(key)) setMember(error, key, value)
      else Object.defineProperty(error, key, { value, enumerable: false, writable: true, configurable: true })
    }
    return error
  }

  #decodeMap(stored: JsonObject, entries: readonly (readonly [JsonValue, JsonValue])[]): unknown {
    const map = new Map<unknown, unknown>()
    this.#values.set(stored, map)
    for (const [key, value] of entries) map.set(this.decode(key), this.decode(value))
    return map
  }

  #decodeSet(stored: JsonObject, elements: readonly JsonValue[]): unknown {
    const set = new Set<unknown>()
    this.#values.set(stored, set)
    for (const element of elements) set.add(this.decode(element))
    return set
  }

  #decodeBlob(stored: JsonObject): unknown {
    const blob = stored as unknown as StoredBlob
    const bytes = this.#options.readBlob?.(blob)
    return bytes === undefined ? { ...blob } : bytesInView(bytes, blob.view)
  }

  #decodeRef(stored: JsonObject, keys: readonly StoredKey[]): unknown {
    let target = unescaped(this.#root)
    for (const key of keys) {
      if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return { ...stored }
      target = unescaped((target as Readonly<Record<StoredKey, JsonValue>>)[key] ?? null)
    }
    if (this.#values.has(target)) return this.#values.get(target)
    return isLeaf(target) ? this.decode(target) : { ...stored }
  }
}

/** What holds no other values, so that nothing waits for it to be complete. */
function isLeaf(stored: JsonValue): boolean {
  return isJsonObject(stored) ? leafTags.has(tagOf(stored)) : !Array.isArray(stored)
}

function unescaped(stored: JsonValue): JsonValue {
  return isJsonObject(stored) && tagOf(stored) === '$escape' ? (stored['$escape'] ?? null) : stored
}
