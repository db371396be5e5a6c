import { isJsonObject, tagOf, type JsonValue } from './stored-form.ts'

/** The SHA-256 of all bytes that a stored value refers to, each once. */
export function blobsIn(stored: unknown): Set<string> {
  const found = new Set<string>()
  const collect = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) for (const element of value) collect(element)
    if (!isJsonObject(value)) return
    if (tagOf(value) === '$blob') found.add(String(value['$blob']))
    else for (const member of Object.values(value)) collect(member)
  }
  collect(stored as JsonValue)
  return found
}
