import { binaryDataOf, type BinaryPart } from '../vendor/binary-data.ts'
import { missingCapability } from '../vendor/capability.ts'

/** The address of a picture, or a `data:` URL that holds it. */
export function dataUrlOf(part: BinaryPart): string {
  const data = binaryDataOf(part)
  return 'url' in data ? data.url : `data:${part.mediaType};base64,${data.base64}`
}

const audioFormats: Readonly<Record<string, 'wav' | 'mp3'>> = {
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
}

/** @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for other types, and for audio that is an address */
export function toAudio(part: BinaryPart, model: string): { data: string; format: 'wav' | 'mp3' } {
  const data = binaryDataOf(part)
  const format = audioFormats[part.mediaType]
  if (format === undefined || 'url' in data) {
    const what = 'url' in data ? 'audio by its address' : `audio of type ${part.mediaType}`
    throw missingCapability(model, what, 'It takes audio/wav and audio/mpeg, as bytes.')
  }
  return { data: data.base64, format }
}

/** Servers want a name, and tell the file's type by its ending. */
export function fileNameOf({ mediaType }: BinaryPart): string {
  return `file.${endings[mediaType] ?? mediaType.replace(/^.*[/+]/, '')}`
}

const endings: Readonly<Record<string, string>> = { 'text/plain': 'txt', 'text/markdown': 'md' }
