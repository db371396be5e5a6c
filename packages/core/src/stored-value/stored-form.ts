/** Anything that JSON holds. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject

/** An object that JSON holds. */
export interface JsonObject {
  [key: string]: JsonValue
}

/** The stored form of binary data, which lies beside the records as an attachment. */
export interface StoredBlob {
  /** SHA-256 of the bytes in lower-case hex; names the attachment. */
  readonly $blob: string
  /** IANA media type; `application/octet-stream` where the bytes do not tell. */
  readonly mediaType: string
  /** Length in bytes. */
  readonly bytes: number
  /** Class the bytes were in, such as `Float32Array` (little-endian) or `Buffer`. Absent: `Uint8Array`. */
  readonly view?: string
}

/** A key on the way from a stored value to a part of it; `$escape` is no step of its own. */
export type StoredKey = string | number

/** Names of the tags that are an object's only key. */
export type Tag =
  | '$bigint'
  | '$date'
  | '$error'
  | '$escape'
  | '$map'
  | '$number'
  | '$ref'
  | '$regexp'
  | '$set'
  | '$undefined'
  | '$unserialisable'
  | '$url'

const isText = (content: JsonValue | undefined): boolean => typeof content === 'string'

/** Whether the content under a tag is what the encoder writes there. */
const accepts: Readonly<Record<Tag, (content: JsonValue) => boolean>> = {
  $bigint: (content) => typeof content === 'string' && /^-?\d+$/.test(content),
  $date: isText,
  $error: (content) => isJsonObject(content) && isText(content['name']) && isText(content['message']),
  $escape: isJsonObject,
  $map: (content) => Array.isArray(content) && content.every((entry) => Array.isArray(entry) && entry.length === 2),
  $number: (content) => content === 'NaN' || content === 'Infinity' || content === '-Infinity' || content === '-0',
  $ref: (content) => Array.isArray(content) && content.every((key) => isText(key) || Number.isInteger(key)),
  $regexp: (content) => Array.isArray(content) && content.length === 2 && isRegExp(content),
  $set: Array.isArray,
  $undefined: (content) => content === true,
  $unserialisable: isText,
  $url: (content) => typeof content === 'string' && URL.canParse(content),
}

/**
 * Which tag a stored object is, if it is one. What is escaped on the way in and what is read as a tag on the way out
 * both follow this answer, so that a user's own `{ "$ref": "#/definitions/a" }` is neither.
 */
export function tagOf(stored: JsonObject): Tag | '$blob' | undefined {
  const keys = Object.keys(stored)
  const [key = ''] = keys
  if (keys.length === 1) return isTag(key) && accepts[key](stored[key] ?? null) ? key : undefined
  return (keys.length === 3 || keys.length === 4) && isStoredBlob(stored, keys) ? '$blob' : undefined
}

/** True for an object of JSON: neither `null` nor an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets an own member of an object, also one named `__proto__`, which an assignment would take for its prototype. */
export function setMember(object: object, key: string, value: unknown): void {
  if (key !== '__proto__') (object as Record<string, unknown>)[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}

function isTag(key: string): key is Tag {
  return key.startsWith('$') && Object.hasOwn(accepts, key)
}

function isRegExp([source, flags]: readonly JsonValue[]): boolean {
  if (typeof source !== 'string' || typeof flags !== 'string') return false
  try {
    return new RegExp(source, flags) instanceof RegExp
  } catch {
    return false
  }
}

function isStoredBlob(stored: JsonObject, keys: readonly string[]): boolean {
  const { $blob, mediaType, bytes, view = '' } = stored
  if (typeof $blob !== 'string' || !/^[0-9a-f]{64}$/.test($blob)) return false
  return isText(mediaType) && Number.isInteger(bytes) && isText(view) && keys.includes('view') === (keys.length === 4)
}
