import type { Anthropic } from '@anthropic-ai/sdk'
import { binaryDataOf, type BinaryPart } from '../vendor/binary-data.ts'
import { missingCapability } from '../vendor/capability.ts'

const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const

/** @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for other types than {@link imageTypes} */
export function toImage(part: BinaryPart, model: string): Anthropic.ImageBlockParam {
  const data = binaryDataOf(part)
  if ('url' in data) return { type: 'image', source: { type: 'url', url: data.url } }
  const mediaType = imageTypes.find((type) => type === part.mediaType)
  if (mediaType === undefined) {
    throw missingCapability(model, `an image of type ${part.mediaType}`, `It takes ${imageTypes.join(', ')}.`)
  }
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: data.base64 } }
}

/**
 * A PDF, or a text.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for other types
 */
export function toDocument(part: BinaryPart, model: string): Anthropic.DocumentBlockParam {
  const data = binaryDataOf(part)
  if (part.mediaType === 'application/pdf') {
    return {
      type: 'document',
      source:
        'url' in data
          ? { type: 'url', url: data.url }
          : { type: 'base64', media_type: part.mediaType, data: data.base64 },
    }
  }
  if (!part.mediaType.startsWith('text/') || 'url' in data) {
    throw missingCapability(model, `a file of type ${part.mediaType}`, 'It takes application/pdf, and text as bytes.')
  }
  const text = Buffer.from(data.base64, 'base64').toString('utf8')
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: text } }
}
