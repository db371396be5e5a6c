const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
}

/** The file extension of a media type; `bin` for one without. */
export function extensionOf(mediaType: string): string {
  return extensions[mediaType] ?? 'bin'
}
