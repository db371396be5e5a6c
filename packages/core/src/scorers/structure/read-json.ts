import { messageOf } from '../../errors.ts'

/** A value, or why there is none. */
export type JsonReading = { readonly value: unknown } | { readonly problem: string }

/**
 * What a text says as JSON (RFC 8259). Anything but a text is taken as a value that is parsed already, in the form that
 * `JSON.stringify` gives it; `null` and `undefined` are nothing.
 */
export function readJson(given: unknown): JsonReading {
  if (given === null || given === undefined) return { problem: `the output is ${given}` }
  if (typeof given === 'number' && !Number.isFinite(given)) return { problem: `${given} has no JSON form` }
  try {
    const text = typeof given === 'string' ? given : JSON.stringify(given)
    if (text === undefined) return { problem: `a ${typeof given} has no JSON form` }
    return { value: JSON.parse(text) }
  } catch (error) {
    return { problem: `not JSON: ${messageOf(error)}` }
  }
}

/** The contents of a Markdown code fence when the whole text is one, else the text. */
export function withoutFences(text: string): string {
  return /^```[\w-]*[ \t]*\r?\n([^]*)```$/.exec(text.trim())?.[1] ?? text
}

/** An object that is no array. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
