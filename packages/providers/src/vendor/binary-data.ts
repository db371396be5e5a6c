import type { MessagePart } from '@evals/core'

/** A part with bytes. */
export type BinaryPart = Extract<MessagePart, { readonly data: unknown }>

/** What a part holds: bytes in base64, or the address where a vendor may fetch them. */
export type BinaryData = { readonly base64: string } | { readonly url: string }

/** Reads a part's `data`: bytes, base64, a `data:` URL or an address. */
export function binaryDataOf({ data }: BinaryPart): BinaryData {
  if (typeof data !== 'string') {
    return { base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }
  }
  if (/^https?:\/\//i.test(data)) return { url: data }
  const [, isBase64, content] = /^data:[^,]*?(;base64)?,(.*)$/is.exec(data) ?? []
  if (content === undefined) return { base64: data }
  return { base64: isBase64 === undefined ? Buffer.from(decodeURIComponent(content)).toString('base64') : content }
}
