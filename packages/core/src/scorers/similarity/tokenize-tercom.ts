import { splitWords } from './split-words.ts'
import { separatePunctuation } from './tokenize-13a.ts'

/** How the words of a text are compared by TER. */
export interface TercomOptions {
  readonly ignoreCase: boolean
  readonly ignorePunctuation: boolean
  readonly normalize: boolean
}

/** The tokens of tercom (Snover et al. 2006): words between white space, unless `normalize` separates punctuation. */
export function tokenizeTercom(text: string, options: TercomOptions): string[] {
  let line = text.trimEnd()
  if (options.ignoreCase) line = line.toLowerCase()
  if (options.normalize) line = normalizeWestern(line)
  if (options.ignorePunctuation) line = line.replace(/[.,?:;!"()]/g, '')
  return splitWords(line)
}

function normalizeWestern(text: string): string {
  const line = text
    .replaceAll('\n-', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  return separatePunctuation(` ${line} `.replaceAll("'s ", " 's "))
}
