import { splitWords } from './split-words.ts'

const asciiPunctuation = /[!-/:-@[-`{-~]/g
const article = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu

/**
 * The words of an answer by the rules of SQuAD's evaluation script (Rajpurkar et al. 2016): lower case, without ASCII
 * punctuation, without the articles a, an, the.
 */
export function squadWords(text: string): string[] {
  return splitWords(text.toLowerCase().replace(asciiPunctuation, '').replace(article, ' '))
}
