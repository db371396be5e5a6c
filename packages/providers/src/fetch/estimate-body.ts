/** English text has about four characters per token. */
const charactersPerToken = 4

/** About what vendors count for a picture of ordinary size. */
const tokensPerBinaryPart = 1000

/** About how many tokens the body of a call has; a rate limit needs only the size, and is settled by the real usage. */
export function estimateBody(body: unknown): number {
  if (typeof body === 'string')
    return isBinary(body) ? tokensPerBinaryPart : Math.ceil(body.length / charactersPerToken)
  if (typeof body !== 'object' || body === null) return 0
  return Object.values(body).reduce((total: number, value) => total + estimateBody(value), 0)
}

/** Base64 is long and has no spaces. */
function isBinary(text: string): boolean {
  return text.startsWith('data:') || (text.length > 2000 && !/\s/.test(text.slice(0, 2000)))
}
