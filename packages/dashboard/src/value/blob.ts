/** Bytes that lie beside the records. */
export interface StoredBlob {
  readonly $blob: string
  readonly mediaType: string
  readonly bytes: number
}

export function isBlob(value: unknown): value is StoredBlob {
  if (typeof value !== 'object' || value === null) return false
  const { $blob, mediaType, bytes } = value as Readonly<Record<string, unknown>>
  return (
    typeof $blob === 'string' &&
    /^[0-9a-f]{64}$/.test($blob) &&
    typeof mediaType === 'string' &&
    typeof bytes === 'number'
  )
}
