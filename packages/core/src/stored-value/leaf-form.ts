import { createHash } from 'node:crypto'
import { types } from 'node:util'
import { builtInName } from './describe-value.ts'
import { mediaTypeOf } from './media-type.ts'
import type { JsonObject, StoredBlob } from './stored-form.ts'

/** Keeps binary data and returns its stored form. */
export type OnBlob = (bytes: Uint8Array, mediaType: string) => StoredBlob

/** The stored form of a date, regular expression, URL or binary value; `undefined` for any other object. */
export function leafForm(value: object, onBlob: OnBlob = describeBlob): JsonObject | undefined {
  // By internal slot, not by class: the value may come from another realm.
  if (types.isDate(value)) return { $date: Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString() }
  if (types.isRegExp(value)) return { $regexp: [value.source, value.flags] }
  if (value instanceof URL) return { $url: value.href }
  if (!ArrayBuffer.isView(value) && !types.isAnyArrayBuffer(value)) return undefined
  const bytes = bytesOf(value)
  const view = viewOf(value)
  const blob = onBlob(bytes, mediaTypeOf(bytes))
  return view === 'Uint8Array' ? { ...blob } : { ...blob, view }
}

/** The stored form of bytes that are not kept, or kept by their SHA-256. */
export function describeBlob(bytes: Uint8Array, mediaType: string): StoredBlob {
  return { $blob: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes: bytes.byteLength }
}

// A copy, because the caller's bytes may change before they are written.
function bytesOf(value: ArrayBufferView | ArrayBufferLike): Uint8Array {
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)
  return bytes.slice()
}

function viewOf(value: ArrayBufferView | ArrayBufferLike): string {
  if (Buffer.isBuffer(value)) return 'Buffer'
  return ArrayBuffer.isView(value) ? builtInName(value) : 'ArrayBuffer'
}
