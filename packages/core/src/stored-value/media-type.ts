const signatures: readonly (readonly [mediaType: string, pattern: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['audio/wav', /^RIFF[^]{4}WAVE/],
  ['application/pdf', /^%PDF-/],
  // An ID3 tag, or the sync word of an MPEG audio frame of layer III.
  ['audio/mpeg', /^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/],
]

/**
 * IANA media type of bytes by their first 12 bytes: PNG, JPEG, GIF, WebP, PDF, WAV or MP3, else
 * `application/octet-stream`.
 */
export function mediaTypeOf(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 12))
  return signatures.find(([, pattern]) => pattern.test(start))?.[0] ?? 'application/octet-stream'
}
