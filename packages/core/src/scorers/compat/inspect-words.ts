import { foldCase } from '../text/fold-case.ts'
import { prepareText } from '../text/prepare-text.ts'

const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const asciiPunctuation = /[!-/:-@[-`{-~]/g
const article = /(?<![\p{L}\p{N}_])(?:A|AN|THE)(?![\p{L}\p{N}_])/gu

/**
 * A text as the scorers `exact` and `f1` of Inspect compare it: words at spaces and hyphens, case folded; of a number
 * its value, of any other word what is left without ASCII punctuation and articles. `stopWords` go as whole words.
 */
export function normalizeLikeInspect(text: string, stopWords: readonly string[] = []): string {
  const stopped = new Set(stopWords.map(normalizeWord))
  return text
    .split(/[ -]/)
    .map(normalizeWord)
    .filter((word) => word !== '' && !stopped.has(word))
    .join(' ')
}

function normalizeWord(written: string): string {
  const folded = foldCase(written).trim()
  const inner = [folded, prepareText(folded, { trimPunctuation: true })].find((text) => number.test(text))
  const bare = inner ?? folded.replace(asciiPunctuation, '')
  if (number.test(bare)) return String(Number(bare))
  return bare.replace(article, ' ').trim().replace(/\s+/g, ' ')
}
