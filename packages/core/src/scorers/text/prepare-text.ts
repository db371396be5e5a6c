import { flag, type OptionRule, type ScorerOptions, word } from '../scorer-options.ts'
import { foldCase } from './fold-case.ts'

/** Options of scorers that compare two texts character by character. */
export interface TextOptions extends ScorerOptions {
  /** Ignore white space at both ends. Default false. */
  readonly trim?: boolean
  /** Ignore white space, punctuation and symbols at both ends: `Paris.` = `Paris`, `$5` = `5`. Default false. */
  readonly trimPunctuation?: boolean
  /** `Paris` = `PARIS`, `Straße` = `STRASSE`. Default false. */
  readonly ignoreCase?: boolean
  /** Unicode normalisation form of both texts, without which `é` as one code point and as two differ. Default none. */
  readonly normalize?: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'
}

/** What the options of {@link TextOptions} accept. */
export const textRules: { readonly [Option in Exclude<keyof TextOptions, 'name'>]-?: OptionRule } = {
  trim: flag,
  trimPunctuation: flag,
  ignoreCase: flag,
  normalize: word('NFC', 'NFD', 'NFKC', 'NFKD'),
}

/** A text without the differences that the options ignore. */
export function prepareText(text: string, options: TextOptions): string {
  const { trim = false, trimPunctuation = false, ignoreCase = false, normalize } = options
  let prepared = normalize === undefined ? text : text.normalize(normalize)
  if (ignoreCase) {
    prepared = foldCase(prepared)
    // Folding can leave the normal form: the folded parts of a character need not be composed.
    if (normalize !== undefined) prepared = prepared.normalize(normalize)
  }
  if (trimPunctuation) return withoutPunctuation(prepared)
  return trim ? prepared.trim() : prepared
}

const trimmed = /[\s\p{P}\p{S}]/u

/** By hand: a regular expression for the end of a text tries again at each of its punctuation marks. */
function withoutPunctuation(text: string): string {
  const characters = Array.from(text)
  const start = characters.findIndex((character) => !trimmed.test(character))
  const end = characters.findLastIndex((character) => !trimmed.test(character))
  return start < 0 ? '' : characters.slice(start, end + 1).join('')
}
