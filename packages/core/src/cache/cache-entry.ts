import type { CachedCall } from '../request/call-cache.ts'
import { canonicalHash } from '../stored-value/canonical-hash.ts'
import { encodeValue } from '../stored-value/encode-value.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../stored-value/stored-form.ts'

/** What is kept for one call. */
export interface CacheEntry {
  readonly v: 1
  readonly model: string
  /** The call in its stored form, so that a miss can tell what differs; bytes are kept as their hash only. */
  readonly call: JsonObject
  /** JSON. */
  readonly answer: unknown
}

/** The address of a call's answer: a SHA-256 over all that can change it. */
export function cacheKeyOf({ identity, epoch, ordinal }: CachedCall, salt: string | undefined): string {
  return canonicalHash({ identity, epoch, ordinal, salt })
}

/** What of a call is compared with others. */
export function storedCallOf({ identity, epoch, ordinal }: CachedCall, salt: string | undefined): JsonObject {
  return { identity: encodeValue(identity), epoch, ordinal, ...(salt === undefined ? {} : { salt }) }
}

/** The entry that was read from a store; `undefined` for what is torn, foreign or of another version. */
export function readCacheEntry(read: unknown): CacheEntry | undefined {
  const entry = read as JsonValue | undefined
  const fits = isJsonObject(entry) && entry['v'] === 1 && isJsonObject(entry['call']) && 'answer' in entry
  return fits ? (entry as unknown as CacheEntry) : undefined
}
