const byMediaType: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
}

const otherwise = 'bin'

/** All that {@link extensionOf} gives. */
export const extensions: readonly string[] = [...Object.values(byMediaType), otherwise]

/** The file extension of a media type; `bin` for one without. */
export function extensionOf(mediaType: string): string {
  return byMediaType[mediaType] ?? otherwise
}
