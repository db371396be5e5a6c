import type { MessagePart, Prompt } from './language-model.ts'

/** English text has about four characters per token; a rate limit only needs the size, and is settled by the real usage. */
const charactersPerToken = 4

/** About what vendors count for a picture of ordinary size. */
const tokensPerBinaryPart = 1000

/** About how many tokens a prompt has. */
export function estimateTokens(prompt: Prompt): number {
  if (typeof prompt === 'string') return Math.ceil(prompt.length / charactersPerToken)
  const parts = prompt.flatMap(({ content }) =>
    typeof content === 'string' ? [tokensOf(content)] : content.map(tokensOfPart),
  )
  return parts.reduce((total, tokens) => total + tokens, 0)
}

function tokensOfPart(part: MessagePart): number {
  if (part.type === 'text') return tokensOf(part.text)
  if (part.type === 'tool-call') return tokensOf(JSON.stringify(part.arguments) ?? '')
  return part.type === 'tool-result' ? tokensOf(JSON.stringify(part.result) ?? '') : tokensPerBinaryPart
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken)
}
