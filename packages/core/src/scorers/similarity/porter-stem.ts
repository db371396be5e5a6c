/**
 * The stem of a lower-case English word by Porter's algorithm (Porter 1980, "An algorithm for suffix stripping") with
 * the extensions of NLTK's `PorterStemmer`, which the ROUGE scorer of Google Research uses: irregular words, `dies` →
 * `die`, `-fully` → `-ful`, y → i only after a consonant, and short words stay.
 */
export function porterStem(word: string): string {
  const irregular = irregulars.get(word)
  if (irregular !== undefined) return irregular
  if (word.length <= 2) return word
  const inflected = finalY(pastAndGerund(plural(word)))
  return doubleL(finalE(suffixes(4, suffixes(3, doubleSuffixes(inflected)))))
}

const irregulars = new Map([
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['innings', 'inning'],
  ['outings', 'outing'],
  ['cannings', 'canning'],
  ...['sky', 'news', 'inning', 'outing', 'canning', 'howe', 'proceed', 'exceed', 'succeed'].map(
    (word): [string, string] => [word, word],
  ),
])

/** Suffix → replacement, tried in this order; the first that fits ends the step, whether it may be replaced or not. */
type Rules = readonly (readonly [suffix: string, replacement: string])[]

const rules: Readonly<Record<2 | 3 | 4, Rules>> = {
  2: [
    ['ational', 'ate'],
    ['tional', 'tion'],
    ['enci', 'ence'],
    ['anci', 'ance'],
    ['izer', 'ize'],
    ['bli', 'ble'],
    ['alli', 'al'],
    ['entli', 'ent'],
    ['eli', 'e'],
    ['ousli', 'ous'],
    ['ization', 'ize'],
    ['ation', 'ate'],
    ['ator', 'ate'],
    ['alism', 'al'],
    ['iveness', 'ive'],
    ['fulness', 'ful'],
    ['ousness', 'ous'],
    ['aliti', 'al'],
    ['iviti', 'ive'],
    ['biliti', 'ble'],
    ['fulli', 'ful'],
  ],
  3: [
    ['icate', 'ic'],
    ['ative', ''],
    ['alize', 'al'],
    ['iciti', 'ic'],
    ['ical', 'ic'],
    ['ful', ''],
    ['ness', ''],
  ],
  4: 'al ance ence er ic able ible ant ement ment ent sion tion ou ism ate iti ous ive ize'
    .split(' ')
    .map((suffix) => [suffix, suffix.endsWith('ion') ? suffix.charAt(0) : '']),
}

function plural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (word.endsWith('ies')) return word.slice(0, word.length === 4 ? -1 : -2)
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

function pastAndGerund(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2)
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const suffix = ['ed', 'ing'].find((ending) => word.endsWith(ending))
  if (suffix === undefined) return word
  const stem = word.slice(0, -suffix.length)
  if (!pattern(stem).includes('v')) return word
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (/(.)\1$/.test(stem) && pattern(stem).endsWith('c')) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1)
  return measure(stem) === 1 && isShort(stem) ? `${stem}e` : stem
}

function finalY(word: string): string {
  const stem = word.slice(0, -1)
  return word.endsWith('y') && stem.length > 1 && pattern(stem).endsWith('c') ? `${stem}i` : word
}

function doubleSuffixes(word: string): string {
  if (word.endsWith('alli') && measure(word.slice(0, -4)) > 0) return doubleSuffixes(word.slice(0, -2))
  // The l counts as part of the stem, so that geology and theology lose the y.
  if (word.endsWith('logi')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  return suffixes(2, word)
}

function suffixes(step: 2 | 3 | 4, word: string): string {
  const rule = rules[step].find(([suffix]) => word.endsWith(suffix))
  if (rule === undefined) return word
  const [suffix, replacement] = rule
  const stem = word.slice(0, -suffix.length)
  if (step === 4) return measure(stem + replacement) > 1 ? stem + replacement : word
  return measure(stem) > 0 ? stem + replacement : word
}

function finalE(word: string): string {
  if (!word.endsWith('e')) return word
  const stem = word.slice(0, -1)
  const size = measure(stem)
  return size > 1 || (size === 1 && !isShort(stem)) ? stem : word
}

function doubleL(word: string): string {
  const stem = word.slice(0, -1)
  return word.endsWith('ll') && measure(stem) > 1 ? stem : word
}

/** Porter's m: how many times a vowel is followed by a consonant. */
function measure(stem: string): number {
  return pattern(stem).split('vc').length - 1
}

/** It ends consonant, vowel, consonant other than w, x, y; or is a vowel and a consonant. */
function isShort(stem: string): boolean {
  const shape = pattern(stem)
  return shape === 'vc' || (shape.endsWith('cvc') && !/[wxy]$/.test(stem))
}

/** The word with c for consonants and v for vowels; y is a vowel after a consonant. */
function pattern(word: string): string {
  let shape = ''
  for (const letter of word) {
    const isVowel = letter === 'y' ? shape.endsWith('c') : 'aeiou'.includes(letter)
    shape += isVowel ? 'v' : 'c'
  }
  return shape
}
