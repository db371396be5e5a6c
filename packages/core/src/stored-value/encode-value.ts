import { types } from 'node:util'
import { builtInName, describeThrown, describeValue } from './describe-value.ts'
import { leafForm, type OnBlob } from './leaf-form.ts'
import { pathText, Place } from './place.ts'
import { setMember, tagOf } from './stored-form.ts'
import type { JsonObject, JsonValue, StoredKey } from './stored-form.ts'

/** Options of {@link encodeValue}. */
export interface EncodeOptions {
  /** First part of the paths given to `onUnserialisable`. Default `value`. */
  readonly path?: string
  /** Keeps binary data (it gets a copy) and returns its stored form. Default: the form alone, no bytes are kept. */
  readonly onBlob?: OnBlob
  /** Told of each part that cannot be stored, for example `output.tools[0].execute`, `function execute`. */
  readonly onUnserialisable?: (path: string, what: string) => void
}

const maxDepth = 500
const maxArrayLength = 10_000_000
/** How many objects of one value are written again where they are met again; further ones become references. */
const maxRepeats = 10_000

/**
 * The stored form of any value: JSON, in which whatever JSON lacks is a tagged object (`docs/record-format.md`). Plain
 * JSON stays itself. The result shares nothing with `value`; `decodeValue` turns it back. A part that cannot be stored
 * becomes `{ "$unserialisable": what }` and is reported. Never throws, unless `onUnserialisable` does.
 */
export function encodeValue(value: unknown, options: EncodeOptions = {}): JsonValue {
  return new Encoder(options).encode(value, undefined, undefined)
}

class Encoder {
  readonly #options: EncodeOptions
  readonly #places = new Map<object, Place>()
  #repeats = 0

  constructor(options: EncodeOptions) {
    this.#options = options
  }

  encode(value: unknown, parent: Place | undefined, key: StoredKey | undefined): JsonValue {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        if (Object.is(value, -0)) return { $number: '-0' }
        return Number.isFinite(value) ? value : { $number: String(value) }
      case 'bigint':
        return { $bigint: String(value) }
      case 'undefined':
        return { $undefined: true }
      case 'object':
        return value === null ? null : this.#encodeObject(value, parent, key)
      default:
        return this.#refuse(describeValue(value), parent, key)
    }
  }

  #encodeObject(value: object, parent: Place | undefined, key: StoredKey | undefined): JsonValue {
    const before = this.#places.get(value)
    // What is shared is written again, so that equal values look alike; but not without end, and a cycle has none.
    if (before !== undefined && (before.open || ++this.#repeats > maxRepeats)) return { $ref: Place.keysOf(before) }
    const place = new Place(parent, key)
    if (place.depth > maxDepth) return this.#refuse(`a value nested deeper than ${maxDepth} levels`, place)
    this.#places.set(value, place)
    try {
      if (Array.isArray(value)) return this.#encodeArray(value, place)
      const prototype: unknown = Object.getPrototypeOf(value)
      if (prototype === Object.prototype || prototype === null) return this.#encodeOwn(value, place)
      return (
        leafForm(value, this.#options.onBlob) ?? this.#encodeContainer(value, place) ?? this.#encodeOwn(value, place)
      )
    } catch (thrown) {
      return this.#refuse(describeThrown(thrown), place)
    } finally {
      place.open = false
    }
  }

  #encodeArray(values: readonly unknown[], place: Place): JsonValue {
    const { length } = values
    if (length > maxArrayLength) return this.#refuse(`an array of ${length} elements`, place)
    const stored: JsonValue[] = []
    for (let index = 0; index < length; index++) stored.push(this.#encodeMember(values, index, place))
    return stored
  }

  #encodeContainer(value: object, place: Place): JsonValue | undefined {
    if (types.isMap(value)) return { $map: this.#encodeArray([...value], new Place(place, '$map')) }
    if (types.isSet(value)) return { $set: this.#encodeArray([...value], new Place(place, '$set')) }
    if (types.isBoxedPrimitive(value)) return this.encode(value.valueOf(), place, undefined)
    if (!(value instanceof Error) && builtInName(value) !== 'Error') return undefined
    const fixed = ['name', 'message', ...['stack', 'cause', 'errors'].filter((name) => Object.hasOwn(value, name))]
    return {
      $error: this.#encodeMembers(value, [...new Set([...fixed, ...Object.keys(value)])], new Place(place, '$error')),
    }
  }

  #encodeOwn(value: object, place: Place): JsonValue {
    const toJson = (value as { readonly toJSON?: unknown }).toJSON
    if (typeof toJson === 'function') {
      const json: unknown = toJson.call(value, '')
      if (json !== value) return this.encode(json, place, undefined)
    }
    const keys = Object.keys(value)
    // A promise, stream, Blob or WeakMap keeps everything inside: `{}` would hide that it is lost.
    if (keys.length === 0 && builtInName(value) !== 'Object') return this.#refuse(builtInName(value), place)
    const stored = this.#encodeMembers(value, keys, place)
    return tagOf(stored) === undefined ? stored : { $escape: stored }
  }

  #encodeMembers(source: object, keys: readonly string[], place: Place): JsonObject {
    const stored: JsonObject = {}
    for (const key of keys) setMember(stored, key, this.#encodeMember(source, key, place))
    return stored
  }

  #encodeMember(source: object, key: StoredKey, place: Place): JsonValue {
    let member: unknown
    try {
      member = (source as Record<StoredKey, unknown>)[key]
    } catch (thrown) {
      return this.#refuse(describeThrown(thrown), place, key)
    }
    return this.encode(member, place, key)
  }

  #refuse(what: string, parent: Place | undefined, key?: StoredKey): JsonValue {
    const { path = 'value', onUnserialisable } = this.#options
    onUnserialisable?.(pathText(path, Place.keysOf(new Place(parent, key))), what)
    return { $unserialisable: what }
  }
}
