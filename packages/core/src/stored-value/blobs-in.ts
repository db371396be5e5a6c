import { isJsonObject, tagOf, type JsonObject, type JsonValue } from './stored-form.ts'

/** The SHA-256 of all bytes that a stored value refers to, each once. */
export function blobsIn(stored: unknown): Set<string> {
  const found = new Set<string>()
  const collect = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) for (const element of value) collect(element)
    if (!isJsonObject(value)) return
    const tag = tagOf(value)
    if (tag === '$blob') found.add(String(value['$blob']))
    // An object under `$escape` is plain, whatever it looks like.
    else for (const member of Object.values((tag === '$escape' ? value[tag] : value) as JsonObject)) collect(member)
  }
  collect(stored as JsonValue)
  return found
}
