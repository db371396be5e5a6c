import { splitWords } from './split-words.ts'

/**
 * The tokens of mteval-v14 with international tokenization (`intl` of sacreBLEU): every symbol of Unicode stands alone,
 * punctuation unless it is between digits; also not after a digit at the end of the text, as in the original.
 */
export function tokenizeInternational(text: string): string[] {
  return splitWords(
    text
      .trimEnd()
      .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
      .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
      .replace(/\p{S}/gu, ' $& '),
  )
}
