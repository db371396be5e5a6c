import { splitWords } from './split-words.ts'

/**
 * The tokens of mteval-v13a, the standard of WMT and the default of sacreBLEU: ASCII punctuation and symbols stand
 * alone, full stops and commas not between digits, hyphens only after a digit. No case is changed.
 */
export function tokenize13a(text: string): string[] {
  const line = text
    .trimEnd()
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  return splitWords(separatePunctuation(` ${line} `))
}

/** The rules for western languages that the tokenizers of mteval-v13a and tercom share. */
export function separatePunctuation(line: string): string {
  return line
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
}
