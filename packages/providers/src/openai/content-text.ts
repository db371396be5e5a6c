/** The text of a message's content. Mistral's models that reason send a list of parts, in which thoughts are marked. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  const parts = Array.isArray(content) ? (content as readonly { type?: unknown; text?: unknown }[]) : []
  return parts.map((part) => (part?.type === 'text' && typeof part.text === 'string' ? part.text : '')).join('')
}
